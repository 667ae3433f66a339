/**
 * Attributes that Verus reads, and what each asks Assay to trust. The names are those of the guide's reference and of the
 * tool's own list (Verus 0.2026); one that is not known here may switch a check off, so it is an assumption itself.
 */
import { closing, isOpening, type Token } from './tokens.ts';

export interface Attribute {
  /** "verifier::external_body", "cfg", "derive", …; the old form verifier(external_body) as the new one. */
  readonly name: string;
  readonly first: number;
  /** Index of the closing bracket. */
  readonly last: number;
  /** #![…]: of what holds it. */
  readonly inner: boolean;
  /** Between cfg_attr's own parentheses. */
  readonly conditional: boolean;
  readonly argument: string;
}

/** All that one `#[…]` says: cfg_attr can hold several. `at` must be the "#". */
export function attributesAt(tokens: readonly Token[], at: number, limit: number): { attributes: Attribute[]; last: number } | undefined {
  if (tokens[at]?.text !== '#' || tokens[at]?.kind !== 'symbol') return undefined;
  const inner = tokens[at + 1]?.text === '!' && tokens[at + 1]?.kind === 'symbol';
  const open = inner ? at + 2 : at + 1;
  if (open >= limit || tokens[open]?.text !== '[') return undefined;
  const last = closing(tokens, open, limit);
  const attributes: Attribute[] = [];
  read(open + 1, last, false);
  return { attributes, last };

  function read(from: number, to: number, conditional: boolean): void {
    let index = from;
    if (tokens[index]?.text === 'unsafe' && tokens[index + 1]?.text === '(') return read(index + 2, closing(tokens, index + 1, to), conditional);
    let name = '';
    for (; index < to && (tokens[index]!.kind === 'word' || tokens[index]!.text === '::'); index++) name += tokens[index]!.text;
    const hasGroup = index < to && isOpening(tokens[index]);
    const end = hasGroup ? closing(tokens, index, to) : index;
    if (name === 'cfg_attr' && hasGroup) {
      const parts = splitAtCommas(tokens, index + 1, end);
      for (const [start, stop] of parts.slice(1)) read(start, stop, true);
      return;
    }
    if (name === 'verifier' && hasGroup) {
      for (const [start, stop] of splitAtCommas(tokens, index + 1, end)) if (start < stop) add(`verifier::${tokens[start]!.text}`, start + 1, stop, conditional);
      return;
    }
    add(name, index, to, conditional);
  }

  function add(name: string, from: number, to: number, conditional: boolean): void {
    const argument = tokens.slice(from, to).map((token) => token.text).join('');
    attributes.push({ name, first: at, last, inner, conditional, argument });
  }
}

export function splitAtCommas(tokens: readonly Token[], from: number, to: number): [number, number][] {
  const parts: [number, number][] = [];
  let start = from;
  for (let index = from; index < to; index++) {
    if (isOpening(tokens[index])) { index = closing(tokens, index, to); continue; }
    if (tokens[index]!.text === ',') { parts.push([start, index]); start = index + 1; }
  }
  if (start < to) parts.push([start, to]);
  return parts;
}

/** Attribute to assumption kind. */
const TRUSTING: Readonly<Record<string, string>> = {
  external_body: 'external_body', external: 'external', external_fn_specification: 'external_fn_specification', external_type_specification: 'external_type_specification',
  external_trait_specification: 'external_trait_specification', external_trait_extension: 'external_trait_specification', external_derive: 'external_derive', external_trait_blanket: 'external_trait_specification',
  external_trait_private_bound: 'external_trait_specification', assume_termination: 'assume_termination', exec_allows_no_decreases_clause: 'exec_allows_no_decreases_clause',
  assume: 'assume_external', tracked_swap_primitive: 'axiom', tracked_take_option_primitive: 'axiom', impls_cannot_extend_spec: 'impls_cannot_extend_spec',
};
/** They choose how something is proved, or what is checked more; none takes anything on trust. */
const HARMLESS = new Set([
  'spec', 'proof', 'exec', 'proof_note', 'custom_err', 'trigger', 'auto_trigger', 'all_triggers', 'no_auto_trigger', 'verus_macro', 'verify', 'opaque', 'opaque_outside_module', 'inline', 'ext_equal', 'auto_ext_equal',
  'proof_in_spec', 'maybe_negative', 'strictly_positive', 'reject_recursive_types', 'reject_recursive_types_in_ground_variants', 'accept_recursive_types', 'broadcast_forall',
  'prune_unless_this_module_is_used', 'broadcast_use_by_default_when_this_crate_is_imported', 'when_used_as_spec', 'allow_in_spec', 'atomic', 'bit_vector', 'decreases_by', 'recommends_by', 'returns',
  'integer_ring', 'nonlinear', 'spinoff_prover', 'loop_isolation', 'deprecated_postcondition_mut_ref_style', 'allow_complex_invariants', 'memoize', 'rlimit', 'allow', 'truncate', 'sealed', 'prophetic',
  'type_invariant', 'deny', 'internal_trait', 'skip',
]);
/** Of `verus::`: for counting lines only. */
const COUNTED_ONLY = new Set(['trusted', 'line_count']);

/** The kind of trust that an attribute asks for. */
export function trustOf(attribute: Attribute): string | undefined {
  const [prefix, name = '', ...more] = attribute.name.split('::');
  if (prefix === 'verifier') {
    if (more.length > 0) return 'unknown-attribute';
    // Taken without a proof of acceptance: Verus itself treats the parameter as it is told.
    return TRUSTING[name] ?? (HARMLESS.has(name) ? undefined : 'unknown-attribute');
  }
  if (prefix === 'verus') return COUNTED_ONLY.has(name) ? undefined : 'unknown-attribute';
  return undefined;
}

export function named(attributes: readonly Attribute[], name: string): boolean {
  return attributes.some((attribute) => attribute.name === `verifier::${name}`);
}
