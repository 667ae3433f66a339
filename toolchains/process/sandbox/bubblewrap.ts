/**
 * The arguments of bubblewrap (Linux): no network, processes, messages and host name of its own, system folders and
 * the repository read-only, everything else of the machine absent. The root, /proc and /dev are read-only too: the
 * settings of the kernel below /proc/sys are not divided by namespaces, and the superuser could write them.
 */
import { compareVersions } from '../../locate.ts';
import { systemFolders } from './folders.ts';

/** Held in memory, beside what the limits count. */
const TEMPORARY_BYTES = 512 * 2 ** 20;
const SHARED_MEMORY_BYTES = 64 * 2 ** 20;
export const PRIVATE_TEMPORARY = '/tmp';
export const PRIVATE_HOME = '/tmp/home';

export interface View {
  readonly readOnly: readonly string[];
  readonly writable: readonly string[];
  readonly cwd: string;
}

/** To be followed by the program and its arguments. */
export function bubblewrapArguments(view: View, version: string): string[] {
  return [
    '--unshare-user', '--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try',
    // Further user namespaces open doors of the kernel that nothing here needs (since 0.8).
    ...(compareVersions(version, '0.8') >= 0 ? ['--disable-userns'] : []),
    '--cap-drop', 'ALL', '--die-with-parent', '--new-session', '--hostname', 'assay',
    ...systemFolders().flatMap(({ path, link }) => (link === undefined ? ['--ro-bind', path, path] : ['--symlink', link, path])),
    '--proc', '/proc', '--remount-ro', '/proc',
    '--dev', '/dev', '--size', String(SHARED_MEMORY_BYTES), '--tmpfs', '/dev/shm', '--remount-ro', '/dev',
    '--size', String(TEMPORARY_BYTES), '--tmpfs', PRIVATE_TEMPORARY, '--dir', PRIVATE_HOME,
    ...mounts(view), '--remount-ro', '/', '--chdir', view.cwd, '--',
  ];
}

/** Outer folders first, so that what lies inside is not covered. */
function mounts(view: View): string[] {
  const kinds = new Map<string, string>([...view.readOnly.map((path) => [path, '--ro-bind'] as const), ...view.writable.map((path) => [path, '--bind'] as const)]);
  return [...kinds].sort(([a], [b]) => a.length - b.length).flatMap(([path, kind]) => [kind, path, path]);
}
