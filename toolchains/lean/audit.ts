/**
 * Reads what the audit program printed (audit-program.ts has the format). Nothing of it counts unless it is whole: the
 * first line, every line of the nonce and well formed, the last line with the count, and no name twice.
 */
import { canonicalName } from './source/names.ts';

export interface AuditedConstant {
  readonly name: string;
  readonly kind: string;
  readonly isUnsafe: boolean;
  readonly axioms: readonly string[];
}

export type AuditReading =
  | { readonly kind: 'read'; readonly lean: string; readonly constants: ReadonlyMap<string, AuditedConstant> }
  | { readonly kind: 'doubt'; readonly reason: string };

/** What may stand under a proof: propositional extensionality, quotients, choice. */
const ALLOWED = new Set(['propext', 'Quot.sound', 'Classical.choice']);

export function readAudit(stdout: Buffer, truncated: boolean, nonce: string, module: string): AuditReading {
  const doubt = (reason: string): AuditReading => ({ kind: 'doubt', reason });
  /* check: output is whole */ if (truncated) return doubt('its list of axioms was cut');
  const lines = stdout.toString('utf8').split('\n');
  /* check: last line has its end */ if (lines.pop() !== '') return doubt('its list of axioms has no end');
  const [first, ...rest] = lines.map(recordOf);
  /* check: beginning */ if (first?.nonce !== nonce || first.begin !== module || typeof first.lean !== 'string') return doubt('its list of axioms has no beginning');
  const last = rest.pop();
  /* check: end and count */ if (last?.nonce !== nonce || last.end !== module || last.count !== rest.length) return doubt('its list of axioms is not whole');
  const constants = new Map<string, AuditedConstant>();
  for (const record of rest) {
    /* check: nonce of each line */ if (record?.nonce !== nonce) return doubt('its list of axioms has a line of someone else');
    const { name, kind, axioms, missing } = record;
    /* check: each line is whole */ if (typeof name !== 'string' || typeof kind !== 'string' || !isNames(axioms) || !isNames(missing) || typeof record.unsafe !== 'boolean') return doubt('a line of its list of axioms cannot be read');
    /* check: nothing is missing */ if (missing.length > 0) return doubt(`${name} names ${missing[0]!}, which is not in the build`);
    const canonical = canonicalName(name);
    /* check: each name once */ if (constants.has(canonical)) return doubt(`it names ${name} twice`);
    constants.set(canonical, { name: canonical, kind, isUnsafe: record.unsafe, axioms: axioms.map(canonicalName) });
  }
  return { kind: 'read', lean: first.lean, constants };
}

export interface AxiomSorting {
  readonly sorry: boolean;
  /** Evaluated by compiled code: named as the assumption `native_decide`. */
  readonly native: readonly string[];
  /** Any other outside the allow-list. */
  readonly others: readonly string[];
}

/** Until 4.28 native_decide used two axioms of the library, since then one for each use, under the declaration's `_native`. */
export function sortAxioms(axioms: readonly string[]): AxiomSorting {
  const outside = axioms.filter((name) => !ALLOWED.has(name));
  const isNative = (name: string): boolean => /^Lean\.(?:ofReduceBool|ofReduceNat|trustCompiler)$/.test(name) || /(?:^|\.)_native\.(?:native_decide|bv_decide|decide)\.ax_\d+(?:_\d+)*$/.test(name);
  return { sorry: outside.includes('sorryAx'), native: outside.filter(isNative), others: outside.filter((name) => name !== 'sorryAx' && !isNative(name)) };
}

function recordOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch { return undefined; }
}

function isNames(value: unknown): value is string[] { return Array.isArray(value) && value.every((one) => typeof one === 'string'); }
