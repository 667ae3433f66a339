// A stand-in for Assay as a process of its own: runs the programs given to it as JSON through the bundle of
// toolchains/process.ts in argv[2], and stays until it is killed or they have ended.
const { runProcess } = await import(process.argv[2]);
const requests = JSON.parse(process.argv[3]);
const results = await Promise.all(requests.map((request) => runProcess(request)));
console.log(JSON.stringify(results.map(({ exit, seconds }) => ({ exit, seconds }))));
