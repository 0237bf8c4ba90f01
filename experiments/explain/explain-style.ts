/** The page that explains scores, on top of the reports' base style. */
export const EXPLAIN_STYLE = `
h1 { max-width: none }
.total { color: var(--accent) }
.prompt-text { max-width: 84ch; color: var(--soft); margin: 14px 0 8px }
.figures-line:empty { display: none }
header { padding-bottom: 18px }
.ranking { margin: 20px 0; max-width: 460px }
.ranking li { display: flex; justify-content: space-between; border-bottom: 1px solid var(--line); padding: 7px 0 }
.ranking a { color: var(--accent) }
.answer { padding: 8px 0 34px }
.answer-name { font-size: 1.9rem; letter-spacing: -.02em; margin: 26px 0 6px }
.answer>.figures-line { margin-bottom: 26px }
.formula { font: 500 1.02rem/2.7 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace; color: var(--soft); margin-bottom: 14px }
.formula ruby { color: var(--ink); ruby-position: under }
.formula rt { color: var(--accent); font-size: .82rem; font-weight: 640 }
.parts-table { border-collapse: collapse; width: 100%; max-width: 900px; font-size: .925rem }
.parts-table th,.parts-table td { text-align: left; padding: 9px 14px 9px 0; border-bottom: 1px solid var(--line) }
.parts-table thead th { color: var(--soft); font-weight: 500; font-size: .825rem }
.parts-table th { font-weight: 600 }
.parts-table .number { text-align: right }
.strong { font-weight: 640 }
.soft,.absent,.same { color: var(--soft) }
.absent { font-size: .85rem }
.bar-cell { width: 38% }
.bar-cell svg,.loss svg { width: 100%; height: 10px; border-radius: 5px; overflow: hidden }
.ground { fill: var(--track) }
.level { fill: var(--accent) }
.lost { fill: var(--warn) }
.loss { width: 26%; padding-left: 22px!important }
.loss svg { display: inline-block; width: calc(100% - 7ch); vertical-align: middle }
.loss span { color: var(--warn); font-weight: 640; margin-left: 1ch }
.loss .soft { color: var(--soft); font-weight: 400 }
.aside th,.aside td { opacity: .7 }
.sheets { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; align-items: start }
.sheets.one { grid-template-columns: minmax(0,720px) }
.sheet figcaption { color: var(--soft); font-size: .875rem; margin-bottom: 8px }
.paper { position: relative; background: #fff; border-radius: 5px; overflow: hidden; box-shadow: var(--shade); outline: 1px solid var(--line) }
.paper img { display: block; width: 100%; height: auto }
.box { position: absolute; border-radius: 3px; outline-offset: 3px!important; transition: opacity .12s }
.box b { position: absolute; bottom: calc(100% - 3px); left: -12px; min-width: 14px; padding: 0 3px; border-radius: 8px; font-size: 9.5px; line-height: 14px; font-weight: 640; text-align: center; white-space: nowrap }
.pair { outline: 1.5px solid #0a7350; background: #0a735014 }
.pair b { background: #0a7350; color: #fff }
.pair.chosen { outline-width: 3px; background: #0a735033 }
.choosing .box:not(.chosen) { opacity: .22 }
.extra,.missing { outline: 1.5px dashed #c2410c; background: #c2410c1f }
.check { outline: 2px solid #c2410c; background: #c2410c17; outline-offset: 2px }
.box.check b { bottom: calc(100% - 3px); left: -4px }
.check b { background: #c2410c; color: #fff }
.number-mark { background: #c2410c; color: #fff; min-width: 22px; height: 22px; padding: 0 5px; border-radius: 11px; font-size: .75rem; line-height: 22px; text-align: center }
.checks { display: grid; grid-template-columns: repeat(auto-fit,minmax(min(100%,360px),1fr)); gap: 14px 34px; margin-top: 24px }
.checks li { display: flex; gap: 12px; align-items: flex-start }
.checks h4 { margin: 0; font-size: .925rem; font-weight: 600 }
.checks h4 span { color: var(--warn); font-weight: 500; white-space: nowrap }
.checks p { font-size: .85rem; color: var(--soft); overflow-wrap: anywhere }
.differences { display: grid; gap: 26px }
.triple { display: grid; grid-template-columns: repeat(3,minmax(0,1fr)); gap: 10px }
.triple img { display: block; width: 100%; height: auto; max-height: 320px; object-fit: contain; object-position: left top; border-radius: 4px; outline: 1px solid var(--line); background: var(--card) }
.differences figcaption { margin-top: 6px }
.pairs { border-collapse: collapse; width: 100%; font-size: .85rem }
.pairs th,.pairs td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
.pairs th { color: var(--soft); font-weight: 500 }
.poor,.gone td { color: var(--warn) }
details { margin-top: 20px }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; margin-bottom: 8px }
.evidence { margin: 0 }
pre { margin: 0 0 12px; max-height: 420px; overflow: auto; font: 12.5px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace; background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: 12px 14px; white-space: pre-wrap; overflow-wrap: anywhere }
@media(max-width:760px) { .sheets { grid-template-columns: minmax(0,1fr) } }
`;
