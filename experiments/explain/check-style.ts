/** The page of a check, on top of the reports' base style. */
export const CHECK_STYLE = `
.scale-figure { margin: 40px 0 46px; display: grid; gap: 6px }
.lane { display: grid; grid-template-columns: 124px minmax(0,1fr); gap: 16px; align-items: center; font-size: .875rem; color: var(--soft) }
.lane svg { width: 100%; height: 34px; overflow: visible }
.allowed { fill: var(--accent); opacity: .11 }
.track { stroke: var(--line); vector-effect: non-scaling-stroke }
.tick { stroke: var(--ink); stroke-opacity: .5; stroke-width: 2; vector-effect: non-scaling-stroke }
.tick.over { stroke: var(--warn); stroke-opacity: 1; stroke-width: 3 }
.ends p { display: flex; justify-content: space-between; position: relative; font-size: .8rem }
.ends p span:nth-child(2) { position: absolute; transform: translateX(-50%); color: var(--accent) }
.findings { display: grid; gap: 14px }
.findings li { background: var(--card); border-radius: 6px; box-shadow: var(--shade); padding: 16px 20px; border-left: 4px solid var(--warn) }
.findings li.limit { border-left-color: var(--line) }
.findings h3 { margin: 0 0 6px; color: var(--ink); font-size: 1rem }
.findings p { max-width: 90ch; overflow-wrap: anywhere }
.findings dl { display: grid; gap: 3px; margin-top: 9px; font-size: .9rem; color: var(--soft) }
.findings dl div { display: grid; grid-template-columns: 96px minmax(0,1fr); gap: 12px }
i { font: 600 .72rem/1 inherit; font-style: normal; font-weight: 640; font-size: .72rem; padding: 3px 8px; border-radius: 99px; background: var(--track); color: var(--soft); margin-right: 6px; white-space: nowrap }
.broken>h3 i,tr.broken i { background: var(--warn); color: var(--card) }
.kept>h3 i,tr.kept i { color: var(--accent) }
.family { margin-bottom: 30px }
.family h3 { margin: 0 0 12px; color: var(--ink) }
.cards { display: grid; grid-template-columns: repeat(auto-fill,minmax(150px,1fr)); gap: 16px 14px }
.cards .frame { aspect-ratio: 4/3; overflow: hidden; background: #fff; border-radius: 4px; box-shadow: var(--shade) }
.cards img { display: block; width: 100%; height: 100%; object-fit: cover; object-position: top }
.cards .blank { display: grid; place-items: center; height: 100%; background: var(--track); color: #56605b; font-size: .78rem; text-align: center; padding: 10px }
@media(prefers-color-scheme:dark) { .cards .blank { color: var(--soft) } }
.cards .name { display: flex; justify-content: space-between; gap: 8px; font-size: .82rem; line-height: 1.3; margin: 8px 0 5px; color: var(--soft) }
.cards .name b { color: var(--ink) }
.cards .small { overflow-wrap: anywhere }
.over .frame { outline: 2px solid var(--warn); outline-offset: 2px }
.over .name b { color: var(--warn) }
.meter { width: 100%; height: 4px; border-radius: 2px }
.ground { fill: var(--track) }
.level { fill: var(--accent) }
.over .level { fill: var(--warn) }
.meter line { stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke }
.curves { display: grid; grid-template-columns: repeat(auto-fit,minmax(160px,1fr)); gap: 22px }
.curve figcaption { display: flex; justify-content: space-between; font-size: .9rem; margin-bottom: 6px }
.curve b { color: var(--accent) }
.frame-line { fill: none; stroke: var(--line) }
.line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round }
.under { fill: var(--accent); opacity: .1 }
.curve circle { fill: var(--card); stroke: var(--accent); stroke-width: 2 }
.curve.broken b { color: var(--warn) }
.curve.broken .line,.curve.broken circle { stroke: var(--warn) }
.curve.broken .under { fill: var(--warn) }
.rules { border-collapse: collapse; width: 100%; font-size: .875rem }
.rules th,.rules td { text-align: left; vertical-align: top; padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line) }
.rules th { font-weight: 500; width: 34% }
.rules td:last-child { color: var(--soft); overflow-wrap: anywhere }
`;
