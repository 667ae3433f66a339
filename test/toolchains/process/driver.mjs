// A stand-in for Assay as a process of its own: runs the programs given to it as JSON through the bundle of
// toolchains/process.ts in argv[2], and stays until it is killed or they have ended. The request in
// ASSAY_TEST_THEN is run when the first of them has ended.
const { runProcess } = await import(process.argv[2]);
const requests = JSON.parse(process.argv[3]);
const running = requests.map((request) => runProcess(request));
const then = process.env.ASSAY_TEST_THEN;
if (then !== undefined) running.push(Promise.race(running).then(() => runProcess(JSON.parse(then))));
const results = await Promise.all(running);
console.log(JSON.stringify(results.map(({ exit, seconds }) => ({ exit, seconds }))));
