/** A ledger as SARIF 2.1.0 (OASIS, 2020): what is not shown as errors, what is undecided as warnings, assumptions as notes. */
import { classOf } from '../../../toolchains/verdict.ts';
import { entryOf } from './read.ts';
import type { LedgerJson } from './schema.ts';
import { sentenceOf } from './sentence.ts';
import { holds, type ObligationJson } from './totals.ts';

type Level = 'error' | 'warning' | 'note' | 'none';

export function sarif(ledger: LedgerJson): object {
  const found = ledger.obligations.filter((entry) => levelOf(entry) !== 'none');
  const kinds = [...new Set([...found.map((entry) => entry.verdict.kind), ...ledger.assumptions.map((assumption) => `assumption/${assumption.kind}`)])].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json', version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'Assay', version: ledger.assay, rules: kinds.map((id) => ({ id })) } },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: ledger.outcome === 'finished', startTimeUtc: ledger.started, commandLine: ledger.command.join(' ') }],
      results: [
        ...found.map((entry) => ({
          ruleId: entry.verdict.kind, level: levelOf(entry), message: { text: messageOf(entry) }, locations: [location(entry.file, entry.range)],
          partialFingerprints: { 'obligation/v1': entry.id },
          relatedLocations: entry.diagnostics.flatMap((diagnostic) => (diagnostic.file !== undefined && diagnostic.range ? [{ ...location(diagnostic.file, diagnostic.range), message: { text: diagnostic.message } }] : [])),
        })),
        ...ledger.assumptions.map((assumption) => ({
          ruleId: `assumption/${assumption.kind}`, level: 'note', message: { text: `Taken on trust: ${assumption.text}` }, locations: [location(assumption.file, assumption.range)],
          partialFingerprints: { 'assumption/v1': assumption.id },
        })),
      ],
    }],
  };
}

function levelOf(entry: ObligationJson): Level {
  if (entry.voided || entry.stale) return 'warning';
  switch (classOf(entry.verdict.kind)) {
    case 'red': case 'unchecked': return 'error';
    case 'open': return 'warning';
    case 'green': case 'none': return 'none';
  }
}

function messageOf(entry: ObligationJson): string {
  const said = `${entry.symbol}: ${sentenceOf(entryOf(entry))}`;
  const first = entry.diagnostics[0]?.message;
  return `${said}${holds(entry) ? '' : entry.voided ? ` (void: ${entry.voided.reason})` : ' (stale: its files changed since)'}${first === undefined ? '' : `. ${first}`}`;
}

function location(file: string, range: ObligationJson['range']): object {
  const uri = file.startsWith('/') ? `file://${encodeURI(file)}` : encodeURI(file);
  return {
    physicalLocation: {
      artifactLocation: { uri }, region: { startLine: range.start.line, startColumn: range.start.column, endLine: range.end.line, endColumn: Math.max(range.end.column, 1) },
    },
  };
}
