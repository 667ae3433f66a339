/** Messages between the embedded engine and its worker. */
export interface EmbeddedRequest { readonly steps: readonly string[]; readonly memoryMb: number }

export type EmbeddedReply =
  | { readonly kind: 'ready' }
  /** What one step printed. */
  | { readonly kind: 'output'; readonly text: string }
  /** `heldMb`: what the solver still holds after its context is gone. */
  | { readonly kind: 'done'; readonly failure?: string; readonly heldMb: number };
