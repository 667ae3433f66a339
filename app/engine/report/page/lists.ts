/** What stands beside the obligations on a report page: assumptions with all that rests on them, what no tool covers, the tools. */
import type { LedgerJson } from '../schema.ts';
import { markup, type Markup } from './markup.ts';

/** Links to what rests on an assumption; beyond it a number says enough. */
const MAXIMUM_LINKS = 12;

export function assumptionList(ledger: LedgerJson): Markup {
  if (ledger.assumptions.length === 0) return markup`<p class="faint">None was found.</p>`;
  const resting = new Map<string, number[]>();
  ledger.obligations.forEach((entry, at) => { for (const id of entry.assumptions) { const known = resting.get(id); if (known) known.push(at); else resting.set(id, [at]); } });
  return markup`<table><thead><tr><th></th><th>Kind</th><th>Place</th><th>What is taken on trust</th><th>Rests on it</th></tr></thead><tbody>${ledger.assumptions.map((assumption, at) => {
    const users = resting.get(assumption.id) ?? [];
    return markup`<tr id="a${at + 1}"><td>A${at + 1}</td><td class="amber">${assumption.kind}</td><td class="mono">${assumption.file}:${assumption.range.start.line}</td><td><code>${assumption.text}</code>${justified(assumption)}</td><td>${
      users.slice(0, MAXIMUM_LINKS).map((user, place) => markup`${place > 0 && ', '}<a href="#o${user}">${ledger.obligations[user]!.symbol}</a>`)}${users.length > MAXIMUM_LINKS && ` … ${users.length} in all`}</td></tr>`;
  })}</tbody></table>`;
}

function justified(assumption: LedgerJson['assumptions'][number]): Markup | false {
  const { justification } = assumption;
  if (justification === undefined) return false;
  const { reviewer, date, reason, state, why } = justification;
  const by = `${reviewer} ${date}: ${reason}`;
  return state === 'valid' ? markup`<p class="faint">signed by ${by}</p>` : markup`<p class="red">signature void, ${why ?? 'it does not count'} (${by})</p>`;
}

export function uncoveredList(ledger: LedgerJson): Markup {
  if (ledger.uncovered.length === 0) return markup`<p class="faint">Every source file belongs to a project that was checked.</p>`;
  return markup`<table><tbody>${ledger.uncovered.map((entry) => markup`<tr><td class="mono">${entry.file}${entry.symbol !== undefined && ` ${entry.symbol}`}</td><td>${entry.why}</td></tr>`)}</tbody></table>`;
}

/** Only tools that an attempt names; all that were found are in the ledger inside the page. */
export function toolList(ledger: LedgerJson): Markup {
  const used = new Set(ledger.obligations.flatMap(({ evidence }) => (evidence ? [evidence, ...evidence.attempts ?? []].flatMap((attempt) => [attempt.tool.fingerprint, attempt.solver?.fingerprint]) : [])));
  const tools = new Map(ledger.tools.filter((tool) => used.has(tool.fingerprint)).map((tool) => [`${tool.id} ${tool.path}`, tool]));
  if (tools.size === 0) return markup`<p class="faint">No tool was run.</p>`;
  return markup`<table><thead><tr><th>Tool</th><th>Version</th><th>Program</th><th>SHA-256 of its bytes</th></tr></thead><tbody>${[...tools.values()].map((tool) =>
    markup`<tr><td>${tool.id}</td><td>${tool.version}</td><td class="mono">${tool.path}${tool.embedded && ' (bundled)'}</td><td class="mono">${tool.sha256}</td></tr>`)}</tbody></table>`;
}
