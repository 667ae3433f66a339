/**
 * A ledger as one HTML file: offline, searchable, printable, without anything loaded from elsewhere, and with the whole
 * ledger packed inside, from which `assay recheck` checks every claim again. Pure: the same ledger gives the same bytes,
 * so that a page whose words were changed by hand can be told from the one that its ledger makes.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { entryOf } from '../read.ts';
import type { LedgerJson } from '../schema.ts';
import { sentenceOf } from '../sentence.ts';
import { headline, needsALook, totalsOf, type Totals } from '../totals.ts';
import { PAGE_SCRIPT } from './behaviour.ts';
import { embedded } from './embedded.ts';
import { assumptionList, toolList, uncoveredList } from './lists.ts';
import { Markup, markup } from './markup.ts';
import { duration, obligationRows, type RowContext } from './rows.ts';
import { PAGE_STYLE } from './style.ts';
import { shapeOf, shapeSymbols, strip } from './verdict.ts';
import { VERDICT_SHAPES } from '../../../../toolchains/verdict-shapes.ts';

/** Up to here every row has its evidence in the page; beyond, a browser would be slow with it. */
const ROWS_WITH_EVIDENCE = 2000;

export function reportPage(ledger: LedgerJson): string {
  const totals = totalsOf(ledger);
  const context: RowContext = {
    sentence: (entry) => sentenceOf(entryOf(entry)),
    assumption: new Map(ledger.assumptions.map((assumption, at) => [assumption.id, at + 1])),
    withEvidence: ledger.obligations.length <= ROWS_WITH_EVIDENCE ? () => true : needsALook,
  };
  const name = basename(ledger.root) || ledger.root;
  const body = markup`${shapeSymbols()}<main>
<h1>${name}</h1>
<p>${headline(totals)}</p>
${strip(totals)}${counts(totals)}
${outcomeNote(ledger)}
<h2>About this report</h2>
${about(ledger)}
<h2 id="obligations">Obligations</h2>
<div class="tools" hidden><input id="search" type="search" placeholder="Search names, verdicts, files, messages" aria-label="Search obligations"><label><input id="look" type="checkbox"> only what needs a look</label><span class="faint" id="found" role="status"></span></div>
${ledger.obligations.length === 0 ? markup`<p class="faint">No obligation was found: there is nothing that a tool could check.</p>` : obligationRows(ledger, context)}
<h2 id="assumptions">Taken on trust</h2>
${assumptionList(ledger)}
<h2 id="uncovered">Not covered</h2>
${uncoveredList(ledger)}
<h2 id="tools">Tools that spoke</h2>
${toolList(ledger)}
</main>`;
  const policy = `default-src 'none'; style-src '${hashOf(PAGE_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n${markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="generator" content="Assay ${ledger.assay}"><title>${name}: proof report</title><style>${new Markup(PAGE_STYLE)}</style></head><body>${body}
${embedded(JSON.stringify(ledger))}
<script>${new Markup(PAGE_SCRIPT)}</script></body></html>
`.text}`;
}

function counts(totals: Totals): Markup {
  return markup`<ul class="counts">${totals.byKind.map(({ kind, count }) => markup`<li class="verdict ${VERDICT_SHAPES[kind].role}">${shapeOf(kind)}${count} ${kind}</li>`)}</ul>`;
}

function outcomeNote(ledger: LedgerJson): Markup | false {
  return ledger.outcome !== 'finished' && markup`<p class="amber">The run did not finish (${ledger.outcome}): what it did not reach is not run.</p>`;
}

function about(ledger: LedgerJson): Markup {
  const { machine, commit } = ledger;
  const fact = (name: string): string => (typeof machine[name] === 'string' || typeof machine[name] === 'number' ? String(machine[name]) : '');
  const state = commit && (commit.dirty === 'unknown' ? 'whether files differed from it is not known' : commit.dirty ? 'files differed from it' : 'the files were those of it');
  return markup`<dl><dt>repository</dt><dd class="mono">${ledger.root}</dd>${
    commit && markup`<dt>commit</dt><dd><span class="mono">${commit.hash}</span>${commit.branch !== undefined && ` on ${commit.branch}`}; ${state}${commit.untracked !== undefined && commit.untracked > 0 && `; ${commit.untracked} files were not part of it`}</dd>`}<dt>run</dt><dd>${ledger.run}, started ${ledger.started}, took ${duration(ledger.seconds) || '0 s'}</dd><dt>command</dt><dd class="mono">${ledger.command.join(' ')}</dd><dt>machine</dt><dd>${
    [fact('processor'), `${fact('cores')} cores`, `${fact('memoryMb')} MiB`, fact('platform'), `Node ${fact('node')}`].join(', ')}</dd><dt>made by</dt><dd>Assay ${ledger.assay}</dd><dt>check it again</dt><dd class="mono">assay recheck THIS-FILE --root FOLDER-WITH-THE-SOURCES</dd></dl>
<p class="faint">Shown means: a finished run of exactly these bytes by the named tool, solver and options named this obligation and found it proved or reached. A verdict never comes from a model. What was taken on trust is listed below; what rests on it says so.</p>`;
}

function hashOf(text: string): string { return `sha256-${createHash('sha256').update(text).digest('base64')}`; }
