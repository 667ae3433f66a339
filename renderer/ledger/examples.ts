/** The filter language by example. */
export const FILTER_EXAMPLES: readonly (readonly [example: string, meaning: string])[] = [
  ['failed refuted', 'any of these verdicts; also red, open, green, unchecked'],
  ['tool:dafny file:src', 'toolchain or program, part of the path; also symbol: project: task: kind: by:'],
  ['time>5s memory>1gb', 'also <, <=, >=, =, with ms, s, min, h, kb, mb, gb'],
  ['assumption:any', 'rests on something; also none, or a kind: assumption:axiom'],
  ['is:stale', 'also cached, confirmed, expected, values, trace'],
  ['-green', 'not; before any word'],
];
