/** Why a job waits: data for the window, words for the command line. */
export type Wait =
  | { readonly for: 'turn' }
  | { readonly for: 'resource'; readonly resource: string; readonly needs: number; readonly free: number; readonly heldBy: readonly string[] }
  | { readonly for: 'memory'; readonly needsMb: number; readonly freeMb: number; readonly heldBy: readonly string[] }
  /** It would fit, and would delay this one, which has waited for too long. */
  | { readonly for: 'job'; readonly label: string }
  /** Cores that another process of Assay holds. */
  | { readonly for: 'other-process'; readonly cores: number };

export function describeWait(wait: Wait): string {
  switch (wait.for) {
    case 'turn': return 'waits for its turn';
    case 'resource': return `waits for ${wait.needs} ${wait.resource}, ${wait.free} free${held(wait.heldBy)}`;
    case 'memory': return `waits for ${Math.round(wait.needsMb)} MiB of memory, ${Math.max(0, Math.round(wait.freeMb))} free${held(wait.heldBy)}`;
    case 'job': return `lets ${wait.label} go first, which has waited for long`;
    case 'other-process': return `waits for ${wait.cores} cores that another run of Assay holds`;
  }
}

function held(labels: readonly string[]): string {
  return labels.length === 0 ? '' : ` (held by ${labels.join(', ')})`;
}
