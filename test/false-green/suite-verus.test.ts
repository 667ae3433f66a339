/** The families of Verus. */
import { build, families, isOfLanguage, run } from './harness.ts';

build();
for (const family of await families()) if (isOfLanguage(family, /^verus: /)) run(family);
