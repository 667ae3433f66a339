/** The strategies of Dafny by name. Those of loops are in families/; all are united through Houdini, so that they complete each other. */
import type { Strategy } from '../../synthesis.ts';

export const STRATEGIES: readonly Strategy[] = [
  { name: 'bounds', summary: 'bounds of changing integers by zero, lengths, parameters, starting values and each other, tight on runs', source: 'ordering invariants of Daikon (Ernst et al. 2007)' },
  { name: 'postconditions', summary: 'claims with a limit replaced by an index, a sequence by a part, a result by its accumulator', source: 'Gries 1981; Furia and Meyer 2010' },
  { name: 'assigned', summary: 'what the body writes or tests at an index, said of all indices that were passed', source: 'aggregation over iterations (Flanagan and Qadeer 2002)' },
  { name: 'relations', summary: 'linear and quadratic equations, and sums with functions of the file, from the null space of states', source: 'Karr 1976; Sharma et al. 2013' },
  { name: 'equalities', summary: 'terms of equal value in all states: accumulators, functions of the index, prefixes, sets and their parts, flags', source: 'Daikon, with the file\'s functions as terms' },
  { name: 'elements', summary: 'order, comparison, partition, conservation and no change of ranges of elements', source: 'range predicates; Daikon\'s sequence invariants' },
  { name: 'decreases', summary: 'measures that fall on every step of the runs, one at a time', source: 'ranking templates (Podelski and Rybalchenko 2004)' },
  { name: 'assertions', summary: 'slices put together, sets taken apart by one element, as assertions', source: 'proof patterns of the Dafny reference manual; Leino, "Program Proofs" 2023' },
  { name: 'induction', summary: 'the hypothesis of a lemma: itself, as the recursive functions of its claim call themselves, or one step smaller', source: 'functional induction (Boyer and Moore 1979)' },
  { name: 'lemmas', summary: 'calls of the repository\'s own lemmas, arguments by matching what they claim with the goal', source: 'E-matching (Detlefs, Nelson and Saxe 2005)' },
  { name: 'cases', summary: 'splits along the definitions of the functions that a claim names', source: 'Boyer and Moore 1979' },
  { name: 'witnesses', summary: 'what exists shown by terms in scope; terms mentioned that quantified facts are instantiated by', source: 'triggers (Leino and Pit-Claudel 2016)' },
  { name: 'drafts', summary: 'whole proofs by a language model (--model), repaired with the verifier\'s words; their invariants united', source: 'First et al. 2023 (Baldur); Kamath et al. 2023 (Loopy)' },
];
