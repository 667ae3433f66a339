/** The style of a report page: light and dark by the reader's system, printable, no font or picture from elsewhere. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --surface: #fff; --raised: #f6f7f8; --text: #1b1f23; --faint: #57606a; --line: #d5d9de;
  --green: #116329; --blue: #0550ae; --red: #b3151d; --amber: #7d4e00; --violet: #6639ba; --grey: #57606a; }
@media (prefers-color-scheme: dark) { :root { --surface: #15181c; --raised: #1d2126; --text: #e2e6ea; --faint: #9aa4ae; --line: #343a41;
  --green: #4fbf67; --blue: #6cb0ff; --red: #ff7b72; --amber: #e0a030; --violet: #b794f6; --grey: #9aa4ae; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; background: var(--surface); color: var(--text); font: 13px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 4px; } h2 { font-size: 15px; margin: 28px 0 8px; } h3 { font-size: 13px; margin: 16px 0 4px; }
p { margin: 4px 0; } .faint { color: var(--faint); } code, pre, .mono { font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
pre { margin: 4px 0; padding: 6px 8px; background: var(--raised); border: 1px solid var(--line); white-space: pre-wrap; }
.strip { display: flex; height: 10px; margin: 12px 0 6px; border: 1px solid var(--line); overflow: hidden; } .strip svg { flex: none; }
.counts { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; }
.verdict { white-space: nowrap; font-weight: 600; } .verdict svg { width: 14px; height: 14px; vertical-align: -2px; margin-right: 5px; }
.green { color: var(--green); } .blue { color: var(--blue); } .red { color: var(--red); } .amber { color: var(--amber); } .violet { color: var(--violet); } .grey { color: var(--grey); }
.code { color: var(--faint); font-size: 11px; }
.flag { display: inline-block; padding: 0 5px; border: 1px solid currentColor; border-radius: 3px; font-size: 11px; font-weight: 600; margin-left: 6px; }
.old .claim { color: var(--faint); text-decoration: line-through; } .old .flag { text-decoration: none; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); } th { color: var(--faint); font-weight: 600; }
td.number, th.number { text-align: right; }
.tools { position: sticky; top: 0; z-index: 1; display: flex; gap: 12px; align-items: center; padding: 8px 0; background: var(--surface); border-bottom: 1px solid var(--line); }
.tools input { flex: 1; min-width: 0; font: inherit; padding: 4px 8px; border: 1px solid var(--line); background: var(--raised); color: inherit; }
.tools label { white-space: nowrap; }
.file { margin: 18px 0 0; padding-bottom: 3px; border-bottom: 1px solid var(--line); font-weight: 600; }
details.row { border-bottom: 1px solid var(--line); } details.row > summary { display: grid; grid-template-columns: 56px minmax(120px, 1.1fr) minmax(0, 2.4fr) 70px; gap: 0 12px; padding: 3px 0; cursor: pointer; list-style: none; }
details.row > summary::-webkit-details-marker { display: none; } details.row > summary:focus-visible { outline: 2px solid var(--blue); outline-offset: -2px; }
details.row > summary > :nth-child(1), details.row > summary > :nth-child(4) { color: var(--faint); text-align: right; }
details.row > .more { padding: 2px 0 12px 68px; } dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 12px; margin: 4px 0; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.claim { overflow-wrap: anywhere; } a { color: var(--blue); } [hidden] { display: none !important; }
@media (max-width: 720px) { details.row > summary { grid-template-columns: 44px minmax(0, 1fr); } details.row > summary > :nth-child(3) { grid-column: 2; } details.row > .more { padding-left: 12px; } }
@media print { body { max-width: none; padding: 0; font-size: 10px; } .tools { display: none; } code, pre, .mono { font-size: 8.5px; } details.row > summary, tr { break-inside: avoid; } details.row > summary { break-after: avoid; } h2, .file { break-after: avoid; }
  :root { --surface: #fff; --raised: #f6f7f8; --text: #000; --faint: #444; --line: #bbb; --green: #116329; --blue: #0550ae; --red: #b3151d; --amber: #7d4e00; --violet: #6639ba; --grey: #444; } }
`;
