/** The families of Lean. */
import { build, families, isOfLanguage, run } from './harness.ts';

build();
for (const family of await families()) if (isOfLanguage(family, /^lean: /)) run(family);
