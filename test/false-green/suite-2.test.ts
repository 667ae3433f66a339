/** The second half of the families. */
import { build, families, run } from './harness.ts';

build();
for (const [index, family] of (await families()).entries()) if (index % 2 === 1) run(family);
