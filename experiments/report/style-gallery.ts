/** As many columns as there are agents. */
const COLUMNS = Array.from({ length: 12 }, (_, i) => `.columns-${i + 1} { --columns: ${i + 1} }`).join("\n");

/** Tables, the gallery and its dialog, and what changes on narrow screens. Follows the base style. */
export const GALLERY_STYLE = `
.scroll { overflow-x: auto; scrollbar-width: thin }
table { border-collapse: collapse; width: 100%; font-size: .925rem }
th,td {
  padding: 10px 12px 10px 0;
  text-align: left;
  vertical-align: middle;
  border-bottom: 1px solid var(--line);
  white-space: nowrap;
}
th { font-weight: 600 }
thead th { color: var(--soft); font-weight: 500; font-size: .825rem; vertical-align: bottom }
.number { text-align: right; padding-left: 12px }
.words { padding-left: 26px }
.strong { font-weight: 640; font-size: 1.05rem }
.share { min-width: 64px; text-align: right }
.facts .wide { width: 34% }
tr.best th,tr.best .strong { color: var(--accent) }
.minus { color: var(--soft) }
.wide { width: 40%; padding-left: 16px }
.estimate { display: grid; grid-template-columns: minmax(110px,1fr) 11ch; gap: 14px; align-items: center }
.interval { color: var(--soft); font-size: .825rem }
.whisker { overflow: visible }
.whisker circle { fill: var(--ink) }
.whisker .range { stroke: var(--ink); stroke-width: 1.75 }
.whisker.best circle { fill: var(--accent) }
.whisker.best .range { stroke: var(--accent) }
.zero { stroke: var(--soft) }
.scroll+.small { margin-top: 10px }
.task { padding-bottom: 30px }
.task+.task { border-top: 1px solid var(--line) }
.task h3 { margin: 22px 0 2px; font-size: .8rem; font-weight: 500 }
.prompt {
  max-width: 92ch;
  margin-bottom: 14px;
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
}
.task:first-child h3 { margin-top: 0 }
.strip { display: grid; grid-template-columns: repeat(var(--columns),minmax(0,1fr)); gap: 14px }
.card .frame {
  display: block;
  aspect-ratio: 4/3;
  border-radius: 4px;
  overflow: hidden;
  background: #fff;
  box-shadow: var(--shade);
}
.card img { display: block; width: 100%; height: 100%; object-fit: cover; object-position: top }
.blank {
  display: grid;
  place-items: center;
  height: 100%;
  background: var(--track);
  color: var(--soft);
  font-size: .8rem;
  text-align: center;
  padding: 6px;
}
.open {
  display: block;
  width: 100%;
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: zoom-in;
  border-radius: 4px;
}
.open .frame { transition: transform .16s ease }
.open:hover .frame { transform: translateY(-3px) }
.card .name {
  display: flex;
  justify-content: space-between;
  align-items: center;
  gap: 6px;
  font-size: .85rem;
  margin: 8px 0 5px;
}
.card .name { overflow-wrap: anywhere; line-height: 1.2 }
.badge {
  background: var(--track);
  border-radius: 99px;
  padding: 2px 8px;
  font-weight: 640;
  font-size: .8rem;
}
.badge.best { background: var(--accent); color: var(--on-accent) }
.bars .track { fill: var(--track) }
.bars .value { fill: var(--accent) }
.bars .absent { fill: none; stroke: var(--soft); stroke-dasharray: 2 2 }
.figures {
  display: grid;
  grid-template-columns: repeat(auto-fit,minmax(min(100%,190px),1fr));
  gap: 20px;
  margin-bottom: 16px;
}
.figures div { display: flex; flex-direction: column-reverse }
.figures dt { color: var(--soft); font-size: .875rem }
.figures dd { font-size: 2.1rem; font-weight: 600; letter-spacing: -.02em; line-height: 1.15 }
pre {
  margin: 0;
  overflow: auto;
  font: 13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 4px;
  padding: 14px 16px;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
details { margin-top: 16px }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; margin-bottom: 10px }
.versions { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-top: 16px; font-size: .9rem }
.versions dt,.versions dd { display: inline; margin: 0 }
.versions dt { color: var(--soft) }
footer {
  padding-top: 26px;
  padding-bottom: 46px;
  border-top: 1px solid var(--line);
  color: var(--soft);
  font-size: .875rem;
}
dialog {
  width: min(1320px,calc(100vw - 32px));
  max-width: none;
  height: calc(100dvh - 32px);
  max-height: none;
  margin: auto;
  padding: 0;
  border: 0;
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
  overflow: auto;
  overscroll-behavior: contain;
}
dialog::backdrop { background: #060908b8 }
.bar {
  position: sticky;
  top: 0;
  z-index: 1;
  display: flex;
  flex-wrap: wrap;
  gap: 8px 14px;
  align-items: center;
  padding: 12px 22px;
  background: var(--paper);
  border-bottom: 1px solid var(--line);
}
.tabs { display: flex; flex-wrap: wrap; gap: 4px; margin-right: auto }
.bar button {
  font: inherit;
  font-size: .875rem;
  border: 1px solid var(--line);
  background: var(--card);
  color: inherit;
  border-radius: 99px;
  padding: 5px 13px;
  cursor: pointer;
}
.bar button[aria-pressed=true] {
  background: var(--accent);
  border-color: var(--accent);
  color: var(--on-accent);
}
.bar button:disabled { opacity: .4; cursor: default }
.sheet { padding: 20px 22px 34px; display: grid; gap: 24px }
.ask { max-width: 90ch; white-space: pre-wrap; overflow-wrap: anywhere }
.sheet h3 { margin: 0 0 10px }
.pair {
  display: grid;
  grid-template-columns: repeat(auto-fit,minmax(min(100%,380px),1fr));
  gap: 22px;
  align-items: start;
}
.pair img {
  width: 100%;
  height: auto;
  display: block;
  border-radius: 4px;
  box-shadow: var(--shade);
  background: #fff;
}
.pair .blank { aspect-ratio: 4/3; height: auto; border-radius: 4px }
.parts li {
  display: grid;
  grid-template-columns: minmax(0,12ch) 1fr 4ch;
  gap: 12px;
  align-items: center;
  font-size: .9rem;
  padding: 3px 0;
}
.parts meter { width: 100%; height: 10px; accent-color: var(--accent) }
.parts meter::-webkit-meter-bar { background: var(--track); border: 0; border-radius: 0; height: 8px }
.parts meter::-webkit-meter-optimum-value { background: var(--accent) }
.parts meter::-moz-meter-bar { background: var(--accent) }
.failed li { padding: 3px 0 3px 20px; position: relative; font-size: .925rem }
.failed li::before { content: "×"; position: absolute; left: 2px; color: var(--warn); font-weight: 700 }
.sources pre { max-height: 460px }
${COLUMNS}
@media(max-width:760px) {
  .estimate { grid-template-columns: minmax(120px,1fr); gap: 0 }
  .wide { width: auto }
  main,header,footer { padding-left: 18px; padding-right: 18px }
  section { padding: 30px 0 }
  .strip {
    display: flex;
    overflow-x: auto;
    scroll-snap-type: x proximity;
    margin: 0 -18px;
    padding: 4px 18px 10px;
    scrollbar-width: thin;
  }
  .card { flex: 0 0 45%; scroll-snap-align: center }
  .rungs-scroll { overflow-x: auto; margin: 0 -18px; padding: 6px 18px; scrollbar-width: thin }
  .rungs { padding-left: 28px; min-width: calc(var(--columns)*112px) }
  .scale { left: 28px; width: calc(100% - 28px) }
  .ladder figcaption { margin-left: 0 }
  .tabs { flex-wrap: nowrap; overflow-x: auto; max-width: 100% }
  .tabs button { flex: none }
  .parts li { grid-template-columns: minmax(0,10ch) 1fr 4ch }
  th,td { padding-right: 10px }
  thead+tbody th[scope=row],thead th:first-child {
    position: sticky;
    left: 0;
    background: var(--paper);
    z-index: 1;
  }
  dialog { width: 100vw; height: 100dvh; border-radius: 0 }
  .sheet,.bar { padding-left: 16px; padding-right: 16px }
}
@media(prefers-reduced-motion:reduce) {
  * { transition: none!important; scroll-behavior: auto!important }
}
@media print {
  .skip,dialog { display: none }
  section { break-inside: avoid }
}
`;
