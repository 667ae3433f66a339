/** The second half of the families. */
import { build, families, isOfLanguage, run } from './harness.ts';

build();
for (const [index, family] of (await families()).filter((one) => !isOfLanguage(one)).entries()) if (index % 2 === 1) run(family);
