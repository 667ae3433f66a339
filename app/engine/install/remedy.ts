/** The one command that repairs a missing tool, where there is a recipe for it here. */
import type { MissingTool } from '../../../toolchains/contract.ts';
import type { Recipe } from '../../../toolchains/recipe.ts';

export function withCommand(missing: MissingTool, recipes: readonly Recipe[], platform: string): MissingTool {
  const recipe = recipes.find((one) => one.id === missing.id && (one.archives?.[platform] !== undefined || one.dotnetTool !== undefined));
  return recipe ? { ...missing, remedy: `./assay install ${recipe.id}` } : missing;
}
