/** What is drawn beside a file's text: a verdict in the margin of each obligation, a thin mark at lines with assertions, messages, values. */
import { editor, MarkerSeverity, Range } from 'monaco-editor/editor';
import { classOf, type FileMarks, type LedgerRow } from '../../../app/contract.ts';
import { roleOf } from '../../verdict/VerdictShape.tsx';
import { symbolId } from '../../verdict/Symbols.tsx';
import { uriOf } from './buffers.ts';

type MarkRange = FileMarks['diagnostics'][number]['range'];
const SEVERITIES = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, info: MarkerSeverity.Info } as const;
/** Values behind one line; the inspector has them all. */
const VALUES_A_LINE = 6;

export function showMessages(model: editor.ITextModel, repository: string, file: string, marks: FileMarks | undefined): void {
  const own = (marks?.diagnostics ?? []).filter((diagnostic) => (diagnostic.file ?? file) === file);
  editor.setModelMarkers(model, 'assay', own.map((diagnostic) => ({
    ...placed(diagnostic.range, model), severity: SEVERITIES[diagnostic.severity], message: diagnostic.message, source: 'assay', ...(diagnostic.code === undefined ? {} : { code: diagnostic.code }),
    relatedInformation: (diagnostic.notes ?? []).map((note) => ({ ...placed(note.range, model), resource: uriOf(repository, note.file ?? file), message: note.message })),
  })));
}

function placed(range: MarkRange, model: editor.ITextModel): { startLineNumber: number; startColumn: number; endLineNumber: number; endColumn: number } {
  if (!range) return { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 2 };
  const line = Math.min(range.start.line, model.getLineCount());
  const isPoint = range.end.line === range.start.line && range.end.column <= range.start.column;
  const word = isPoint ? model.getWordAtPosition({ lineNumber: line, column: range.start.column }) : undefined;
  return { startLineNumber: line, startColumn: range.start.column, endLineNumber: isPoint ? line : range.end.line, endColumn: isPoint ? word?.endColumn ?? range.start.column + 1 : range.end.column };
}

/** @param current rows as the ledger has them now: their verdicts may be newer, and stale sooner, than the marks */
export function lineMarks(marks: FileMarks | undefined, current: (id: string) => LedgerRow | undefined): editor.IModelDeltaDecoration[] {
  return (marks?.obligations ?? []).flatMap(({ row: marked, parts, values }) => {
    const row = current(marked.id) ?? marked;
    const stale = row.stale !== undefined;
    const drawn: editor.IModelDeltaDecoration[] = parts.filter((part) => part.range).map((part) => ({
      range: new Range(part.range!.start.line, 1, part.range!.start.line, 1),
      options: { linesDecorationsClassName: `line-mark role-${roleOf(part.kind)}${stale ? ' stale-mark' : ''}`, linesDecorationsTooltip: `${part.label}: ${part.reason ?? part.kind}${stale ? ' (stale)' : ''}` },
    }));
    if (stale || classOf(row.verdict.kind) !== 'red') return drawn;
    const byLine = new Map<number, string[]>();
    for (const value of values) {
      if (value.line === undefined) continue;
      const texts = byLine.get(value.line) ?? [];
      byLine.set(value.line, texts);
      texts.push(`${value.name} = ${value.value}${value.step === undefined ? '' : ` @${value.step}`}`);
    }
    for (const [line, texts] of byLine) {
      const text = `   ${texts.slice(0, VALUES_A_LINE).join(', ')}${texts.length > VALUES_A_LINE ? ` … ${texts.length - VALUES_A_LINE} more` : ''}`;
      drawn.push({ range: new Range(line, Number.MAX_SAFE_INTEGER, line, Number.MAX_SAFE_INTEGER), options: { after: { content: text, inlineClassName: 'inline-values' }, showIfCollapsed: true } });
    }
    return drawn;
  });
}

/** A verdict in the margin: the same drawing as everywhere, with its word for hovering and for assistive programs. */
export function marginWidget(row: LedgerRow, line: number, choose: () => void): editor.IGlyphMarginWidget {
  const node = document.createElement('button');
  node.type = 'button';
  node.tabIndex = -1;
  node.className = `margin-verdict${row.stale === undefined ? '' : ' stale'}`;
  node.title = `${row.symbol}: ${row.sentence}${row.stale === undefined ? '' : ` (stale: ${row.stale})`}`;
  node.setAttribute('aria-label', node.title);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `shape role-${roleOf(row.verdict.kind)}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  const assuming = row.assumptions.length > 0 && classOf(row.verdict.kind) === 'green';
  use.setAttribute('href', `#${symbolId(assuming ? `${row.verdict.kind}-assuming` : row.verdict.kind)}`);
  svg.append(use);
  node.append(svg);
  node.addEventListener('click', choose);
  return {
    getId: () => `verdict ${row.id}`, getDomNode: () => node,
    getPosition: () => ({ lane: editor.GlyphMarginLane.Center, zIndex: 1, range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 } }),
  };
}
