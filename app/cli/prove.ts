/** `assay prove PATH`: search proofs for what is not green, show them as a diff, write them only where asked. */
import type { Limits } from '../../toolchains/contract.ts';
import { toolchains } from '../../toolchains/registry.ts';
import { applyTexts } from '../engine/synthesis/apply.ts';
import { patchOf } from '../engine/synthesis/patch.ts';
import { prove } from '../engine/synthesis/prove.ts';
import { proveJson } from '../engine/synthesis/json.ts';
import { proveExit } from '../engine/synthesis/exit.ts';
import { DEFAULT_MEMORY_MB, EFFORT_WALL_SECONDS } from '../engine/limits.ts';
import { provenanceLines } from '../engine/models/provenance.ts';
import { parseCommand, UsageError } from './arguments.ts';
import { agreeOn, MODEL_HELP, MODEL_OPTIONS, modelOf, withModelLimits } from './model-options.ts';
import { openProgress } from './progress.ts';
import { budgetOf } from './prove-budget.ts';
import { renderProof } from './render-proof.ts';
import { peopleStream, withSession } from './session.ts';
import { styleFor } from './style.ts';
import { writeWhole } from './write.ts';

const OPTIONS = {
  only: { type: 'string' }, strategy: { type: 'string', multiple: true }, budget: { type: 'string' }, apply: { type: 'boolean' }, diff: { type: 'string' }, json: { type: 'string' },
  trust: { type: 'boolean' }, 'no-progress': { type: 'boolean' }, help: { type: 'boolean' },
  ...MODEL_OPTIONS,
} as const;

const strategies = (): string => toolchains.flatMap((one) => (one.synthesis ? [`  ${one.name}\n${one.synthesis.strategies.map((strategy) => `    ${strategy.name.padEnd(16)}${strategy.summary}`).join('\n')}`] : [])).join('\n');

const HELP = (): string => `usage: assay prove PATH [options]
  --only PATTERN     part of an obligation's name; default: everything that is not green
  --strategy NAME…   only these
  --budget wall=60s,calls=100,tokens=200000,usd=1,requests=50
                     wall: for all of it, clean run included (s, m or h); calls: of the verifier in the search;
                     tokens, usd, requests: of the model, held as hard stops
  --apply            write accepted proofs into the files  --diff FILE|-  leave them as a patch
  --json FILE|-      what was tried, found and refused     --trust        the repository's own code may run, this time
  --no-progress      no live line
Nothing is written without --apply. A proof is accepted only if it adds proof text alone and a clean run agrees.
strategies:
${strategies()}
${MODEL_HELP}
exit: 0 everything asked is proved · 1 a counterexample or a proved negation · 2 not found · 3 could not be checked · 64 usage · 130 cancelled`;

export async function proveCommand(args: readonly string[]): Promise<number> {
  const command = parseCommand<keyof typeof OPTIONS>(args, OPTIONS);
  if (command.flag('help')) { process.stdout.write(`${HELP()}\n`); return 0; }
  const [path, ...more] = command.positionals;
  if (path === undefined || more.length > 0) throw new UsageError('prove wants one folder or file');
  const names = command.list('strategy');
  const known = new Set(toolchains.flatMap((one) => one.synthesis?.strategies.map((strategy) => strategy.name) ?? []));
  for (const name of names) if (!known.has(name)) throw new UsageError(`there is no strategy "${name}"; there are ${[...known].join(', ')}`);
  if (names.includes('drafts') && command.text('model') === undefined) throw new UsageError('the strategy drafts wants a model: --model URL#NAME, or --provider NAME --model NAME');
  const budget = budgetOf(command.text('budget'));
  const only = command.text('only'), json = command.text('json'), diff = command.text('diff');
  if (diff === '-' && json === '-') throw new UsageError('only one of --json and --diff can go to standard output');
  if (command.flag('apply') && diff !== undefined) throw new UsageError('--apply writes the files, --diff leaves them: name one');
  const trusted = command.flag('trust');
  const limits: Limits = { wallSeconds: EFFORT_WALL_SECONDS[1], memoryMb: DEFAULT_MEMORY_MB, effort: 1 };
  return withSession({}, async ({ engine, signal }) => {
    const out = peopleStream(diff === '-' ? '-' : json);
    const progress = openProgress({ stream: process.stderr, enabled: !command.flag('no-progress') && process.stderr.isTTY === true });
    const connection = await modelOf(command, signal);
    const opened = await engine.plan({ path, trusted, signal });
    try {
      if (opened.repository.kind === 'archive' && command.flag('apply')) throw new UsageError('an archive is not written to; use --diff FILE');
      const outcome = await prove(engine, opened, {
        selection: only === undefined ? {} : { only }, limits, trusted, strategies: names, budget: connection ? withModelLimits(budget, connection) : budget, ...(connection ? { model: { connection, agree: agreeOn({ consent: command.flag('consent') }) } } : {}), command: ['assay', 'prove', ...args], signal,
        onEvent: (event) => { progress.event(event); }, onLine: (line) => { if (!command.flag('no-progress') && process.stderr.isTTY) process.stderr.write(`${line}\n`); },
      });
      progress.close();
      const texts = new Map(outcome.accepted.flatMap((one) => [...one.candidate.files]));
      const base = new Map(outcome.accepted.flatMap((one) => [...one.base]));
      const patch = patchOf(base, texts, outcome.accepted.flatMap((one) => (one.provenance ? provenanceLines(one.provenance) : [])));
      const applied = command.flag('apply') && texts.size > 0 ? applyTexts(opened.repository.root, base, texts) : undefined;
      if (diff !== undefined) await writeWhole(diff, patch);
      out.write(renderProof(outcome, { style: styleFor(out), patch: diff === undefined && !applied ? patch : '', ...(applied ? { applied } : {}) }));
      if (json !== undefined) await writeWhole(json, `${JSON.stringify(proveJson(outcome, { command: ['assay', 'prove', ...args], budget, patch, ...(applied ? { applied } : {}) }), null, 1)}\n`);
      return proveExit(outcome, { cancelled: signal.aborted, ...(applied ? { applied } : {}) });
    } finally {
      progress.close();
      await opened.repository.dispose();
    }
  });
}
