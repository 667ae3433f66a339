/** The families of Dafny. */
import { build, families, isOfLanguage, run } from './harness.ts';

build();
for (const family of await families()) if (isOfLanguage(family, /^dafny: /)) run(family);
