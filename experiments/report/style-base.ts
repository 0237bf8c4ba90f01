/** Colours, type, the headline's plot and the curves. Contrast of text is at least 4.5 to 1 in both schemes. */
export const BASE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f3f5f1;
  --card: #fff;
  --ink: #131816;
  --soft: #56605b;
  --line: #d5dbd4;
  --accent: #0a7350;
  --on-accent: #fff;
  --track: #e3e8e2;
  --warn: #a03e22;
  --shade: 0 1px 2px #13181614,0 6px 18px #1318160f;
}
@media(prefers-color-scheme:dark) {
  :root {
    --paper: #0f1312;
    --card: #181e1c;
    --ink: #e9eeeb;
    --soft: #98a49e;
    --line: #2b3330;
    --accent: #55d3a0;
    --on-accent: #06231a;
    --track: #26302c;
    --warn: #f09b7d;
    --shade: 0 0 0 1px #2b3330;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 16px/1.5 "Avenir Next","Segoe UI Variable Text","Segoe UI",-apple-system,"Helvetica Neue","Liberation Sans",Arial,sans-serif;
  font-variant-numeric: tabular-nums;
}
main,header,footer { max-width: 1240px; margin: 0 auto; padding: 0 28px }
h1,h2,h3,p,ol,ul,dl,dd,figure { margin: 0; padding: 0 }
ol,ul { list-style: none }
h1 {
  font-size: clamp(1.85rem,1.1rem + 3vw,3.35rem);
  line-height: 1.08;
  letter-spacing: -.028em;
  font-weight: 640;
  max-width: 21ch;
  text-wrap: balance;
}
h2 { font-size: 1.05rem; font-weight: 640; letter-spacing: -.005em }
h3 { font-size: .9rem; font-weight: 600; color: var(--soft); margin: 34px 0 14px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px }
.skip { position: absolute; left: -999px }
.skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 2 }
.small,.lead,figcaption { color: var(--soft); font-size: .875rem }
.lead { margin-bottom: 22px; max-width: 72ch }
header { padding-top: 34px }
.meta {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 22px;
  color: var(--soft);
  font-size: .875rem;
  margin-bottom: 34px;
}
.meta b { color: var(--ink); font-weight: 640 }
.figures-line { font-size: 1.1rem; margin-top: 16px; color: var(--soft) }
section {
  display: grid;
  grid-template-columns: minmax(0,1fr);
  gap: 18px;
  padding: 40px 0;
  border-top: 1px solid var(--line);
}
@media(min-width:1080px) {
  section { grid-template-columns: 150px minmax(0,1fr); gap: 34px }
  section>h2 { position: sticky; top: 24px; align-self: start }
}
svg { display: block }
.plane { overflow: visible }
.grid { stroke: var(--line) }
.tick { fill: var(--soft); font-size: 11.5px }
.ladder { margin: 44px 0 52px }
.rungs { position: relative; padding-left: 40px }
.scale { position: absolute; left: 40px; top: 0; width: calc(100% - 40px) }
.rise {
  fill: none;
  stroke: var(--accent);
  stroke-width: 1.5;
  stroke-dasharray: 2 5;
  stroke-linecap: round;
  vector-effect: non-scaling-stroke;
}
.ladder ol {
  position: relative;
  display: grid;
  grid-template-columns: repeat(var(--columns),minmax(0,1fr));
  align-items: start;
}
.rung { padding-left: 7px; padding-right: 7px; text-align: center }
.rung circle { fill: var(--ink) }
.rung .range { stroke: var(--ink); stroke-width: 1.5 }
.rung.best circle { fill: var(--accent) }
.rung.best .range { stroke: var(--accent) }
.rung .name {
  font-size: .875rem;
  line-height: 1.25;
  margin: 2px 0 8px;
  color: var(--soft);
  overflow-wrap: anywhere;
}
.rung .name b { display: block; color: var(--ink); font-size: 1.15rem; font-weight: 640 }
.rung.best .name b { color: var(--accent) }
.rung img,.rung .blank {
  width: 100%;
  height: auto;
  aspect-ratio: 4/3;
  object-fit: cover;
  object-position: top;
  border-radius: 4px;
  box-shadow: var(--shade);
}
.rung img { display: block; background: #fff }
.goal { border-left: 1px dashed var(--line) }
.goal .name { margin-top: 0 }
.trend-up .score:last-of-type { color: var(--accent) }
.trend-down .score:last-of-type { color: var(--warn) }
.ladder figcaption { margin: 22px 0 0 40px; max-width: 86ch }
.chart figcaption {
  display: grid;
  grid-template-columns: minmax(0,1fr) auto;
  align-items: baseline;
  column-gap: 8px;
  color: var(--ink);
}
.chart .note { grid-row: 2; grid-column: 1/-1; color: var(--soft); font-size: .8rem }
.readout { color: var(--accent); font-weight: 640; white-space: nowrap }
.plot { padding: 12px 4px 26px 40px; cursor: crosshair; touch-action: pan-y }
.main .plot { padding-top: 16px }
.phase { overflow: visible }
.raw,.smooth {
  fill: none;
  vector-effect: non-scaling-stroke;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.raw { stroke: var(--accent); stroke-opacity: .32; stroke-width: 3.5 }
.smooth { stroke: var(--accent); stroke-width: 1.75 }
.main .raw { stroke-width: 6 }
.main .smooth { stroke-width: 2.75 }
.cursor { visibility: hidden }
.cursor.on { visibility: visible }
.cursor line { stroke: var(--soft); stroke-dasharray: 2 3 }
.cursor circle { fill: var(--card); stroke: var(--accent); stroke-width: 2 }
.multiples {
  display: grid;
  grid-template-columns: repeat(auto-fill,minmax(min(100%,160px),1fr));
  align-items: end;
  gap: 16px 24px;
}
.multiples .chart b { font-weight: 600; font-size: .85rem; line-height: 1.25; overflow-wrap: anywhere }
details .multiples { margin-top: 18px }
section > div > h3:first-child { margin-top: 0 }
`;
