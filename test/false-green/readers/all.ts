/** Every reader that the suite knows. */
import { abc } from './abc.ts';
import { btor } from './btor.ts';
import { drat, lrat } from './certificates.ts';
import { dafnyLog } from './dafny.ts';
import { leanAudit, leanMessages } from './lean.ts';
import { anyReader, type AnyReader } from './reader.ts';
import { answers, checkers } from './sat.ts';
import { second } from './second.ts';
import { frames, standing } from './smt.ts';
import { smtbmc } from './smtbmc.ts';
import { verusOutput } from './verus.ts';
import { yosys } from './yosys.ts';

export const readers: readonly AnyReader[] = [
  anyReader(frames), anyReader(standing), anyReader(answers), anyReader(checkers), anyReader(drat), anyReader(lrat), anyReader(smtbmc), anyReader(abc), anyReader(yosys), anyReader(btor), anyReader(second),
  anyReader(dafnyLog), anyReader(verusOutput), anyReader(leanMessages), anyReader(leanAudit),
];
