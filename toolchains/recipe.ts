/**
 * How a tool is fetched: pinned, from one place for each platform. A recipe holds a checksum only where it was published;
 * where none is known the installer records what it got at first, and says so.
 */
export interface Recipe {
  /** What a user types: "z3", "dafny". Also `MissingTool.id` of what it repairs. */
  readonly id: string;
  readonly version: string;
  /** By `platformName()` ("linux-x64"): where the archive is. */
  readonly archives?: Readonly<Record<string, RecipeArchive>>;
  /** A tool of NuGet that `dotnet tool install` fetches and checks by its signature; tried before the archive. */
  readonly dotnetTool?: string;
  /** The toolchain that `elan` installs; the archive is then elan's own. */
  readonly elanToolchain?: string;
  /** What else it needs, in words, shown after it was installed. */
  readonly note?: string;
}

export interface RecipeArchive {
  readonly url: string;
  /** Of the whole archive, in hexadecimal, as published. */
  readonly sha256?: string;
  /** Programs in it, relative to its only folder or to its top: they get the right to be executed. */
  readonly programs: readonly string[];
}
