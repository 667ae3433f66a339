/** The flags beside a verdict, in the box and the paints of toolchains/verdict-shapes.ts. */
export type FlagName = 'cached' | 'confirmed' | 'live';

export const FLAG_SHAPES: Readonly<Record<FlagName, string>> = {
  cached: 'M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM8 5.4V8.2L9.8 9.2',
  confirmed: 'M1.8 8.4 4.4 11 9 5.4M7.4 10.2 8.4 11 13.6 5.4',
  /** A language server's answer while one types: hollow. */
  live: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5zM4.75 8.25l2.25 2.25l4.25-4.75',
};
