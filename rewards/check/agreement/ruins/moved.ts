import { type Ruin, styled, TEXTS } from "./ruin.js";

/** Pages whose content is not where a person looks. */
export const MOVED: Readonly<Record<string, Ruin>> = {
  "indented out of the window": styled(`${TEXTS}{text-indent:-9999px!important;overflow:hidden}`),
  "translated out of the window": styled(
    "main,nav,footer,[role=main],[role=navigation],[role=contentinfo]{transform:translateX(-300vw)}",
  ),
  "placed above the page": styled("body{position:absolute;top:-20000px;left:0;width:100%}"),
  "twenty screens down": styled("body{padding-top:14000px!important}"),
  "in a box of one pixel": styled(
    "main,nav,footer,[role=main],[role=navigation],[role=contentinfo]{height:1px!important;min-height:0!important;overflow:hidden!important;padding:0!important}",
  ),
  "in a slot to scroll in": styled("body{height:40px;overflow:auto}html{overflow:hidden}"),
  "three windows to the right": styled(
    "body{margin-left:300vw!important;max-width:none!important;width:100vw}",
  ),
  "piled up in one corner": styled(
    `h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite,input,textarea,svg{position:absolute!important;left:8px!important;top:8px!important}`,
  ),
  "strewn at random": styled(
    `${[7, 5, 3, 2].map((n, i) => `main :nth-child(${n}n+1){position:relative;left:${[-340, 260, -180, 420][i]}px;top:${[210, -160, 330, -280][i]}px}`).join("")}`,
  ),
  "ten windows between the sections": styled("section,header,nav,footer{margin-bottom:6000px!important}"),
};
