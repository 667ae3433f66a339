/** The report page: it says what the ledger says, hostile text stays text, and what is stale or void is never counted as shown. */
import { describe, expect, it } from 'vitest';
import { badge } from '../../../app/engine/report/badge.ts';
import { ledgerJson } from '../../../app/engine/report/json.ts';
import { junit } from '../../../app/engine/report/junit.ts';
import { embeddedIn } from '../../../app/engine/report/page/embedded.ts';
import { reportPage } from '../../../app/engine/report/page/page.ts';
import { sarif } from '../../../app/engine/report/sarif.ts';
import { headline, totalsOf } from '../../../app/engine/report/totals.ts';
import type { LedgerEntry } from '../../../app/engine/ledger/types.ts';
import { VERDICT_KINDS, type Verdict } from '../../../toolchains/verdict.ts';
import { assumption, entry, ledger } from '../made-up-ledger.ts';

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert('2')">\u202egnp`;
const jsonOf = (entries: readonly LedgerEntry[], more: Parameters<typeof ledger>[1] = {}) => ledgerJson(ledger(entries, more));

describe('a report page', () => {
  it('shows every kind of verdict with its word', () => {
    const page = reportPage(jsonOf(VERDICT_KINDS.map((kind, at) => entry({ kind, depth: 3, reason: 'r' } as Verdict, { symbol: kind, line: at + 1 }))));
    for (const kind of VERDICT_KINDS) expect(page).toContain(`<code class="code">${kind}</code>`);
  });
  it('holds its whole ledger, and the same ledger gives the same bytes', () => {
    const json = jsonOf([entry({ kind: 'proved' })]);
    const page = reportPage(json);
    expect(JSON.parse(embeddedIn('page', page)!)).toEqual(JSON.parse(JSON.stringify(json)));
    expect(reportPage(json)).toBe(page);
    expect(() => embeddedIn('page.html', page.replace(/(id="ledger">.{20})./, '$1!!'))).toThrow(/damaged/);
    expect(embeddedIn('other.html', '<html></html>')).toBeUndefined();
  });
  it('keeps hostile names, messages, values and assumptions as text', () => {
    const hostile = entry({ kind: 'refuted', reason: HOSTILE, counterexample: { status: 'suggested', values: [{ name: HOSTILE, value: HOSTILE }] } }, {
      symbol: HOSTILE, file: `${HOSTILE}.smt2`, result: { diagnostics: [{ severity: 'error', message: HOSTILE, file: HOSTILE }] },
    });
    const page = reportPage(jsonOf([hostile], { assumptions: [assumption('axiom', { text: HOSTILE })], uncovered: [{ file: HOSTILE, why: HOSTILE }] }));
    expect(page.match(/<script/g)).toHaveLength(2); // the ledger, and the page's own
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
  });
  it('loads nothing from elsewhere and runs only its own script', () => {
    const page = reportPage(jsonOf([entry({ kind: 'proved' })]));
    expect(page).toMatch(/content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/);
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page).not.toMatch(/ style="| on\w+="/);
  });
});

describe('what a report counts as shown', () => {
  const totals = (entries: readonly LedgerEntry[], more = {}) => totalsOf(jsonOf(entries, more));
  it('leaves out what is stale, void or bounded', () => {
    const of = totals([
      entry({ kind: 'proved' }), entry({ kind: 'proved' }, { symbol: 'b', flags: { stale: true } }), entry({ kind: 'bounded', depth: 3 }, { symbol: 'c' }),
      entry({ kind: 'proved' }, { symbol: 'd', flags: { voided: { reason: 'a re-check disagreed', at: '', run: 'r' } } }),
    ]);
    expect(of).toMatchObject({ obligations: 4, shown: 1, stale: 1, voided: 1, bounded: 1 });
    expect(headline(of)).toBe('1 of 4 obligations are shown; 1 is clear up to a bound only; 1 is stale: its files changed since; 1 is void: a re-check disagreed, or its evidence is damaged.');
  });
  it('says "all" only of all', () => {
    expect(headline(totals([entry({ kind: 'proved' })]))).toBe('All 1 obligations are shown.');
    expect(headline(totals([entry({ kind: 'proved' })], { notAsked: 3 }))).toBe('All 1 asked obligations are shown; 3 more were not asked for.');
    expect(headline(totals([]))).toBe('Nothing was found that a tool could check.');
    expect(headline(totals([entry({ kind: 'nothing-to-prove' })]))).toBe('Nothing was found that a tool could check.');
  });
  it('gives a green badge only where everything is shown on no assumption', () => {
    const green = '#2e7d32';
    expect(badge(jsonOf([entry({ kind: 'proved' })]))).toContain(green);
    for (const made of [
      jsonOf([]), jsonOf([entry({ kind: 'proved' }, { flags: { stale: true } })]), jsonOf([entry({ kind: 'bounded', depth: 2 })]), jsonOf([entry({ kind: 'proved' })], { notAsked: 1 }),
      jsonOf([entry({ kind: 'proved' }, { obligation: { assumptions: ['a'] } })]), jsonOf([entry({ kind: 'proved' }), entry({ kind: 'timeout' }, { symbol: 'b' })]),
    ]) expect(badge(made)).not.toContain(green);
  });
});

describe('files for other programs', () => {
  const json = jsonOf([
    entry({ kind: 'proved' }, { symbol: 'a' }), entry({ kind: 'failed' }, { symbol: 'b<&>', result: { diagnostics: [{ severity: 'error', message: 'x < y' }] } }), entry({ kind: 'timeout' }, { symbol: 'c' }),
    entry({ kind: 'not-run', reason: 'cancelled' }, { symbol: 'd' }), entry({ kind: 'proved' }, { symbol: 'e', flags: { stale: true } }),
  ], { assumptions: [assumption('axiom')] });
  it('JUnit passes only what is green and stands', () => {
    const text = junit(json);
    expect(text).toContain('tests="5" failures="1" errors="2" skipped="1"');
    expect(text).toMatch(/name="b&lt;&amp;&gt;".*<failure type="failed"[^>]*>: x &lt; y<\/failure>/);
    expect(text).toMatch(/name="e".*<error type="proved" message="Proved \(stale\)">/);
  });
  it('SARIF names what is not shown, and the assumptions as notes', () => {
    const [run] = (sarif(json) as { runs: { results: { ruleId: string; level: string }[] }[] }).runs;
    expect(run!.results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual(['error failed', 'warning timeout', 'warning not-run', 'warning proved', 'note assumption/axiom']);
  });
});
