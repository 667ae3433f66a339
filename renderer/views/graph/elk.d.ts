/** ELK's worker, bundled by vite as one of ours. */
declare module 'elkjs/lib/elk-worker.min.js?worker' {
  const ElkWorker: new () => Worker;
  export default ElkWorker;
}
