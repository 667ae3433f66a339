/** The first half of the families; the second runs beside it. */
import { build, families, run } from './harness.ts';

build();
for (const [index, family] of (await families()).entries()) if (index % 2 === 0) run(family);
