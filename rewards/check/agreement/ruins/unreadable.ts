import { BLOCKS, type Ruin, rewritten, styled, TEXTS } from "./ruin.js";

const NOISE = `url("data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><filter id="n"><feTurbulence type="fractalNoise" baseFrequency=".6" numOctaves="2"/><feColorMatrix values="9 0 0 0 -4 9 0 0 0 -4 9 0 0 0 -4 0 0 0 0 1"/></filter><rect width="60" height="60" filter="url(#n)"/></svg>',
)}")`;
const CHECKS = "repeating-conic-gradient(#000 0 25%,#fff 0 50%) 0 0/7px 7px";

/** Pages whose text stands where it should and cannot be read. */
export const UNREADABLE: Readonly<Record<string, Ruin>> = {
  "letters reversed": styled(`${TEXTS}{direction:rtl!important;unicode-bidi:bidi-override!important}`),
  "letters as discs": styled("*{-webkit-text-security:disc!important}"),
  mirrored: styled("body{transform:scaleX(-1)}"),
  "each text mirrored": styled(
    `h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite{display:inline-block;transform:scaleX(-1)}`,
  ),
  "upside down": styled(
    "h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite{display:inline-block;transform:rotate(180deg)}",
  ),
  "blurred by 4 px": styled("body>*{filter:blur(4px)}"),
  "stroked to blobs": styled(`${TEXTS}{-webkit-text-stroke:.5em currentColor!important}`),
  "struck through as thick as the line": styled(
    `${TEXTS}{text-decoration:line-through 1.1em currentColor!important}`,
  ),
  "buried in shadows": styled(
    `${TEXTS}{text-shadow:.12em .1em 0 currentColor,-.14em .06em 0 currentColor,.2em -.12em 0 currentColor,-.22em .14em 0 currentColor,.1em .24em 0 currentColor,0 -.2em 0 currentColor,.3em 0 0 currentColor,-.3em 0 0 currentColor!important}`,
  ),
  "letters on top of one another": styled(`${TEXTS}{letter-spacing:-.55em!important}`),
  "letters torn apart": styled(`${TEXTS}{letter-spacing:3em!important;overflow-wrap:anywhere}`),
  "one letter a line": styled(
    `h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite{width:1px!important;overflow-wrap:anywhere!important;word-break:break-all!important}`,
  ),
  "zoomed to five pixels": styled("body{zoom:.28}"),
  "scaled to a stamp": styled("body{transform:scale(.22);transform-origin:0 0}"),
  "squeezed to a sliver": styled("body{transform:scaleX(.12);transform-origin:0 0}"),
  "pressed flat": styled("body{transform:scaleY(.15);transform-origin:0 0}"),
  "skewed beyond reading": styled(
    "h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite{display:inline-block;transform:skewX(75deg)}",
  ),
  "lines on top of one another": styled(
    "*{line-height:0!important;margin-block:0!important;padding-block:0!important;gap:0!important;min-height:0!important}",
  ),
  "text in the colour of its ground": styled(
    "*{color:transparent!important;-webkit-text-fill-color:initial}",
  ),
  "washed out to nothing": styled("html{filter:contrast(.04) brightness(1.4)}"),
  "opacity of three per cent": styled(`${TEXTS}{opacity:.03!important}`),
  "masked to stripes": styled(
    "body{-webkit-mask-image:repeating-linear-gradient(0deg,#000 0 2px,transparent 2px 9px)}",
  ),
  "clipped to its lower quarter": styled(
    `h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite{clip-path:inset(72% 0 0 0)!important}`,
  ),
  "on noise": styled(`${TEXTS}{background:${NOISE}!important;color:#777!important}`),
  "on a chequered ground": styled(`${TEXTS}{background:${CHECKS}!important;color:#888!important}`),
  "blended away": styled("body>*{background:#777!important;filter:grayscale(1) contrast(0)}"),
  "every letter turned on its side": styled(
    "h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite{writing-mode:vertical-rl!important;text-orientation:sideways!important;transform:rotate(90deg) scaleY(-1)}",
  ),
  "in look-alike signs": ({ html }) =>
    rewritten(html, (text) =>
      text.replace(/[A-Za-z]/g, (letter) => SIGNS[letter.toLowerCase().charCodeAt(0) % SIGNS.length]!),
    ),
  "shrunk by the size of small letters": styled("*{font-size-adjust:.12!important}"),
  "soft shadows without letters": styled(
    `${TEXTS}{color:transparent!important;text-shadow:0 0 9px #777!important}`,
  ),
  "seen double": styled(
    `${TEXTS}{text-shadow:.32em .06em 0 currentColor,-.3em -.05em 0 currentColor!important}`,
  ),
  "one word a window": styled("body{word-spacing:90vw}"),
  "upright letters from top to bottom": styled(
    `${BLOCKS}{writing-mode:vertical-lr!important;text-orientation:upright!important;max-height:none!important}`,
  ),
  "pale gray on white": styled(
    "*{color:#d4d4d4!important;background:#fff!important;border-color:#eee!important}",
  ),
  "seven pixels high": styled("*{font-size:7px!important;line-height:1.2!important}"),
  "overprinted by generated content": styled(
    `${TEXTS}{position:relative}h1::after,h2::after,h3::after,p::after,a::after,button::after,li::after,td::after,th::after,summary::after,label::after,figcaption::after,cite::after{content:"████████████████████";position:absolute;left:0;top:0;width:100%;overflow:hidden;white-space:nowrap;display:block!important;height:100%!important;margin:0!important;background:none!important}`,
  ),
};

const SIGNS = ["◊", "∆", "≈", "∑", "◦", "∂", "¬", "ƒ", "‡", "∫"];
