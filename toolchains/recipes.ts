/** What `assay install` can fetch; of several versions of a tool the first is taken where none is named. */
import type { Recipe } from './recipe.ts';
import { dafnyRecipes } from './dafny/recipe.ts';
import { leanRecipes } from './lean/recipe.ts';
import { z3Recipes } from './smt/recipe.ts';
import { verusRecipes } from './verus/recipe.ts';

export const recipes: readonly Recipe[] = [...dafnyRecipes, ...z3Recipes, ...verusRecipes, ...leanRecipes];
