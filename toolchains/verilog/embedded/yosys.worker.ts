/**
 * The program that runs Yosys in WebAssembly, one job after the other. The compiled modules stay, so
 * that only the first job pays for them; memory and files of a job are its own and end with it. The program
 * sees an in-memory tree and nothing of the host.
 */
import { workerPort } from '../../worker-port.ts';
import type { FileTree, YosysAnswer, YosysJob } from './protocol.ts';

const port = workerPort<YosysJob, YosysAnswer>();

port.onMessage((job) => {
  void run(job).then((answer) => { port.postMessage(answer); });
});

async function run(job: YosysJob): Promise<YosysAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let kept = 0;
  const write = (chunk: Uint8Array | null): void => {
    if (!chunk) return;
    bytes += chunk.length;
    const part = chunk.slice(0, Math.max(0, job.outputBytes - kept));
    kept += part.length;
    if (part.length > 0) chunks.push(part);
  };
  let code: number | undefined;
  let trap: string | undefined;
  let tree: FileTree | undefined;
  try {
    const { runYosys, Exit } = await import('@yowasp/yosys');
    try {
      // `decodeASCII` would turn some files into strings; the declaration of the package lets it be off.
      tree = (await runYosys([...job.args], job.files, { stdout: write, stderr: write, decodeASCII: false })) as FileTree;
      code = 0;
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      code = error.code;
      tree = error.files as FileTree;
    }
  } catch (error) {
    trap = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const files: Record<string, Uint8Array> = {};
  for (const path of job.wanted) {
    const content = tree && lookUp(tree, path);
    if (content) files[path] = content;
  }
  return { id: job.id, code, trap, output: Buffer.concat(chunks), outputBytes: bytes, files };
}

function lookUp(tree: FileTree, path: string): Uint8Array | undefined {
  let node: FileTree | Uint8Array | undefined = tree;
  for (const part of path.split('/')) {
    if (node === undefined || node instanceof Uint8Array) return undefined;
    node = Object.hasOwn(node, part) ? node[part] : undefined;
  }
  return node instanceof Uint8Array ? node : undefined;
}
