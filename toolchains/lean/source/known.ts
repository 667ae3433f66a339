/**
 * Attributes and options that Assay knows to take nothing on trust. What is outside the lists is named in the
 * inventory: a repository can define attributes and options of its own, and only their code says what they do.
 * Sources: attributes registered by Lean 4 core and Batteries/Mathlib (`#help attr`), options (`#help option`).
 */

/** Attributes that replace what is run or what is proved by something that the kernel does not see. */
export const TRUSTING_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['implemented_by', 'implemented_by'], ['extern', 'extern'], ['csimp', 'csimp'], ['export', 'extern'],
]);

export const KNOWN_ATTRIBUTES = new Set((
  'simp simps simproc dsimp grind ext refl symm trans subst congr gcongr instance reducible irreducible semireducible inline inline_if_reduce always_inline macro_inline noinline specialize nospecialize '
  + 'match_pattern elab_as_elim elabAsElim induction_eliminator cases_eliminator elab_without_expected_type coe coe_decl default_instance class deprecated deprecated_syntax inherit_doc tactic_alt tactic_tag '
  + 'app_unexpander app_delab delab unexpander app_elab builtin_delab pp_nodot pp_using_anonymous_constructor pp_with_univ nolint local_instance defeq rfl bv_normalize int_toBitVec seval wf_preprocess '
  + 'simprocs builtin_simproc norm_cast push_cast norm_num positivity aesop fun_prop measurability continuity mono to_additive to_dual reassoc elementwise higher_order mfld_simps field_simps ring_nf '
  + 'qify_simps zify_simps nontriviality bound deriving_handler user_attribute init builtin_init macro term_elab command_elab tactic tactic_name command_parser term_parser tactic_parser '
  + 'run_builtin_parser_attribute_hooks parser_alias builtin_term_parser category_parenthesizer formatter parenthesizer combinator_parenthesizer missing_docs computed_fields unbox never_extract '
  + 'export_private expose implicit_reducible instance_reducible unification_hint unused_variables_ignore_fn widget_module server_rpc_method server_rpc_method_cancellable code_action_provider '
  + 'tactic_code_action command_code_action hole_code_action env_linter widget fieldwise simp_low spec mvcgen monotonicity partial_fixpoint_monotone view functor_norm monad_norm parity_simps '
  + 'typevec rclike_simps enat_to_nat_top enat_to_nat_coe ghost_simps is_poly cc compositionality rify_simps gcongr_forward proof_wanted main recommended_spelling suggest_for grindable library_suggestions '
  + 'push pull pnat_to_nat_simps abstract field stx_norm algebraize sym tree_simps'
).split(/\s+/));

/** Options, by first part or whole, that change how Lean searches or prints and not what it accepts. */
const HARMLESS_OPTIONS = new Set((
  'linter pp trace profiler maxHeartbeats maxRecDepth autoImplicit relaxedAutoImplicit synthInstance hygiene quotPrecheck tactic diagnostics format guard_msgs server stderrAsMessages '
  + 'Elab smartUnfolding structureDiamondWarning eval genInjectivity genSizeOf genSizeOfSpec inductive maxSynthPendingDepth maxUniverseOffset maxTraceChildren internal weak backward aesop simprocs '
  + 'exponentiation showInferredTerminationBy showTacticProof tactics completion doc deprecated deriving match says experimental grind sat bv push_cast polyrith mathlib Mathlib warningAsError '
  + 'allowUnsafeReducibility compiler infoview commandStart printMessageEndPos messages lang verso parseQuotWithCurrentStage checkBinderAnnotations checkBinders'
).split(/\s+/));

export function isHarmlessOption(name: string): boolean { return HARMLESS_OPTIONS.has(name) || HARMLESS_OPTIONS.has(name.split('.')[0]!); }

/** Options whose value takes something on trust, with the value that is harmless. */
export const TRUSTING_OPTIONS: ReadonlyMap<string, { readonly kind: string; readonly harmless: string }> = new Map([
  ['debug.skipKernelTC', { kind: 'skip-kernel-check', harmless: 'false' }],
  ['debug.byAsSorry', { kind: 'sorry', harmless: 'false' }],
  ['debug.terminalTacticsAsSorry', { kind: 'sorry', harmless: 'false' }],
  ['debug.proofAsSorry', { kind: 'sorry', harmless: 'false' }],
  ['warn.sorry', { kind: 'hidden-sorry', harmless: 'true' }],
]);

/** Constants that are the axioms behind a tactic, or stand for no proof at all. */
export const TRUSTING_CONSTANTS: ReadonlyMap<string, string> = new Map([
  ['sorry', 'sorry'], ['sorryAx', 'sorry'], ['Lean.sorryAx', 'sorry'], ['admit', 'admit'], ['stop', 'sorry'],
  ['native_decide', 'native_decide'], ['bv_decide', 'native_decide'], ['ofReduceBool', 'native_decide'], ['Lean.ofReduceBool', 'native_decide'], ['ofReduceNat', 'native_decide'],
  ['Lean.ofReduceNat', 'native_decide'], ['reduceBool', 'native_decide'], ['Lean.reduceBool', 'native_decide'], ['Lean.trustCompiler', 'native_decide'], ['trustCompiler', 'native_decide'],
  ['unsafeCast', 'unsafe'], ['unsafeIO', 'unsafe'], ['unsafeEIO', 'unsafe'], ['unsafeBaseIO', 'unsafe'], ['lcProof', 'unsafe'], ['lcUnreachable', 'unsafe'], ['lcAny', 'unsafe'], ['ptrAddrUnsafe', 'unsafe'],
  ['addDeclWithoutChecking', 'unchecked-declaration'], ['Lean.Environment.addDeclWithoutChecking', 'unchecked-declaration'], ['addDeclCore', 'unchecked-declaration'],
  ['Lean.Environment.addDeclCore', 'unchecked-declaration'], ['Environment.addDeclCore', 'unchecked-declaration'], ['Environment.addDeclWithoutChecking', 'unchecked-declaration'],
]);
