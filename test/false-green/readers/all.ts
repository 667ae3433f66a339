/** Every reader that the suite knows. */
import { abc } from './abc.ts';
import { anyReader, type AnyReader } from './reader.ts';
import { answers, checkers } from './sat.ts';
import { frames, standing } from './smt.ts';
import { smtbmc } from './smtbmc.ts';

export const readers: readonly AnyReader[] = [anyReader(frames), anyReader(standing), anyReader(answers), anyReader(checkers), anyReader(smtbmc), anyReader(abc)];
