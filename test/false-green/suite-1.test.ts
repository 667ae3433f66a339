/** The first half of the families; the second runs beside it. */
import { build, families, isOfLanguage, run } from './harness.ts';

build();
for (const [index, family] of (await families()).filter((one) => !isOfLanguage(one)).entries()) if (index % 2 === 0) run(family);
