/**
 * Options of a script that reach z3. An allow-list: an option that is not here is left out and said so.
 *
 * Left out on purpose, though z3 has them: whatever writes or reads files or prints (trace, dot_proof_file,
 * smtlib2_log, dump_*, *.log, arith.dump_lemmas, inprocess.out, drat.file, spacer.*_file, verbose, stats, channels);
 * threads (cores are counted by the scheduler); limits (timeout, rlimit, max_memory: Assay sets them); and what
 * changes the answer rather than the search (arith.ignore_int, candidate_models, array.extensional, array.weak,
 * hi_div0, hi_fp_unspecified, smtlib2_compliant; unicode and encoding, which bound the characters of a string;
 * type_check and well_sorted_check, without which a wrong script is solved; string_solver, whose "none" knows no strings).
 * Names: `z3 -p` of 4.8.12, 4.13.3 and 5.1; those only later versions know are answered by "unknown parameter".
 */
const standard = new Set([':produce-models', ':produce-unsat-cores', ':produce-unsat-assumptions', ':produce-assignments', ':global-declarations', ':global-decls', ':random-seed']);

const modules: Readonly<Record<string, string>> = {
  '': 'auto_config model unsat_core',
  pi: 'arith arith_weight block_loop_patterns enabled max_multi_patterns non_nested_arith_weight pull_quantifiers use_database',
  tactic: 'blast_term_ite.max_inflation blast_term_ite.max_steps propagate_values.max_rounds solve_eqs.context_solve solve_eqs.ite_solver solve_eqs.max_occs solve_eqs.theory_solver',
  combined_solver: 'ignore_solver1 solver2_unknown',
  nlsat: 'factor inline_vars lazy max_conflicts minimize_conflicts randomize reorder seed shuffle_vars simplify_conflicts',
  rewriter: 'arith_ineq_lhs arith_lhs bit2bool blast_distinct blast_distinct_threshold blast_eq_value blast_select_store bv_extract_prop bv_ineq_consistency_test_max '
    + 'bv_ite2id bv_le_extra bv_not_simpl bv_sort_ac cache_all coalesce_chars elim_and elim_ite elim_rem elim_sign_ext elim_to_real eq2ineq expand_nested_stores '
    + 'expand_power expand_select_ite expand_select_store expand_store_eq expand_tan flat flat_and_or gcd_rounding hoist_ite hoist_mul ignore_patterns_on_ground_qbody ite_extra_rules '
    + 'local_ctx local_ctx_limit max_degree mul2concat mul_to_power pull_cheap_ite push_ite_arith push_ite_bv push_to_real rewrite_patterns som som_blowup '
    + 'sort_disjunctions sort_store sort_sums split_concat_eq',
  fp: 'engine xform.array_blast xform.array_blast_full xform.bit_blast xform.coalesce_rules xform.coi xform.compress_unbound xform.elim_term_ite xform.elim_term_ite.inflation '
    + 'xform.fix_unbound_vars xform.inline_eager xform.inline_linear xform.inline_linear_branch xform.instantiate_arrays xform.instantiate_quantifiers xform.magic '
    + 'xform.quantify_arrays xform.scale xform.slice xform.tail_simplifier_pve xform.transform_arrays xform.unfold_rules '
    + 'spacer.ground_pobs spacer.mbqi spacer.native_mbp spacer.order_children spacer.propagate spacer.push_pob spacer.q3 spacer.random_seed spacer.reach_dnf spacer.restarts '
    + 'spacer.use_euf_gen spacer.use_inductive_generalizer spacer.global spacer.concretize spacer.conjecture',
  sat: 'branching.heuristic burst_search cardinality.solver elim_vars euf gc gc.burst gc.initial gc.increment inprocess.max lookahead_simplify max_conflicts minimize_lemmas '
    + 'pb.solver phase phase.sticky probing random_freq random_seed restart restart.factor restart.initial restart.max scc simplify.delay smt subsumption',
  smt: 'arith.auto_config_simplex arith.bprop_on_pivoted_rows arith.branch_cut_ratio arith.eager_eq_axioms arith.enable_hnf arith.greatest_error_pivot arith.int_eq_branch arith.min arith.nl '
    + 'arith.nl.branching arith.nl.cross_nested arith.nl.delay arith.nl.expp arith.nl.gr_q arith.nl.grobner arith.nl.grobner_cnfl_to_report arith.nl.grobner_eqs_growth '
    + 'arith.nl.grobner_expr_degree_growth arith.nl.grobner_expr_size_growth arith.nl.grobner_frequency arith.nl.grobner_max_simplified arith.nl.grobner_subs_fixed '
    + 'arith.nl.horner arith.nl.horner_frequency arith.nl.horner_row_length_limit arith.nl.horner_subs_fixed arith.nl.nra arith.nl.order arith.nl.rounds arith.nl.tangents '
    + 'arith.propagate_eqs arith.propagation_mode arith.random_initial_value arith.reflect arith.rep_freq arith.simplex_strategy arith.solver auto_config '
    + 'bv.delay bv.eq_axioms bv.enable_int2bv bv.reflect bv.solver bv.watch_diseq case_split core.extend_nonlocal_patterns core.extend_patterns core.minimize cube_depth '
    + 'dack dack.eq dack.factor dack.gc dack.gc_inv_decay dack.threshold delay_units delay_units_threshold dt_lazy_splits ematching induction lemma_gc_strategy macro_finder '
    + 'max_conflicts mbqi mbqi.force_template mbqi.max_cexs mbqi.max_cexs_incr mbqi.max_iterations pb.conflict_frequency pb.learn_complements phase_caching_off phase_caching_on '
    + 'phase_selection pull_nested_quantifiers q.lift_ite q.lite qi.eager_threshold qi.lazy_threshold qi.max_instances qi.max_multi_patterns qi.quick_checker quasi_macros random_seed '
    + 'refine_inj_axioms relevancy restart.max restart_factor restart_strategy restricted_quasi_macros seq.split_w_len theory_aware_branching theory_case_split',
};

const parameters = new Set(Object.entries(modules).flatMap(([module, names]) => names.split(' ').map((name) => (module === '' ? name : `${module}.${name}`))));

/** No text in quotes: a file name would be one. */
const VALUE = /^(?:true|false|\d+(?:\.\d+)?|[a-z][a-z0-9_-]{0,40})$/;

export function z3AllowsOption(name: string, value: string): boolean {
  if (!VALUE.test(value)) return false;
  // z3 reads names without regard to case, and "-" as "_" (gparams.cpp, normalize).
  return standard.has(name) || (name.startsWith(':') && parameters.has(name.slice(1).toLowerCase().replaceAll('-', '_')));
}
