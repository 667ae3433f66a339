// The program behind `npm test`: builds, type-checks, runs every test (with --long the long ones too), and says
// which tests were skipped and why. The last line is `tests: N passed, N failed, N skipped`; the exit code is 0
// only where nothing failed. With CI set, a test that was skipped for want of a tool that .ci/run installs failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildAll, isOutOfDate, root } from '../app/build.mjs';

const long = process.argv.includes('--long');
const onlyPaths = process.argv.slice(2).filter((word) => !word.startsWith('--'));

function run(script, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** "(needs z3, shared data)" in a name → ["z3", "shared data"]. */
function needsOf(name) {
  return [...name.matchAll(/\(needs ([^)]+)\)/g)].flatMap((match) => match[1].split(/,|\band\b|\|/)).map((word) => word.trim()).filter(Boolean);
}

/** Tools that .ci/run installs: the first word of each line. */
function toolsOfCi() {
  return new Set(readFileSync(join(root, '.ci', 'engines.txt'), 'utf8').split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#')).map((line) => line.split(/\s+/)[0]));
}

async function testAll() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tests-'));
  const file = join(folder, 'results.json');
  try {
    const code = await run('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...onlyPaths], long ? { ASSAY_LONG: '1' } : {});
    return { code, suites: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const problems = [];
if (isOutOfDate()) {
  console.log('building');
  await buildAll().catch((error) => { problems.push(`the build failed: ${error.message}`); });
}
console.log('checking types');
for (const project of ['.', 'renderer']) if (await run('typescript/bin/tsc', ['--noEmit', '-p', project]) !== 0) problems.push('the type check failed');

const { code, suites } = await testAll();
let passed = 0;
const failed = [];
const skipped = [];
for (const suite of suites ?? []) {
  const place = relative(root, suite.name);
  if (suite.status === 'failed' && suite.assertionResults.length === 0) failed.push(`${place}: ${String(suite.message).split('\n')[0]}`);
  for (const test of suite.assertionResults) {
    const name = `${place}: ${test.fullName}`;
    if (test.status === 'passed') passed++;
    else if (test.status === 'failed') failed.push(name);
    else skipped.push(name);
  }
}
if (!suites) problems.push('the test runner gave no results');
else if (code !== 0 && failed.length === 0) problems.push('the test runner reported an error outside the tests');
else if (passed + failed.length + skipped.length === 0) problems.push('no test was found');

console.log('');
if (skipped.length > 0) console.log('skipped:');
const installed = process.env.CI ? toolsOfCi() : new Set();
for (const name of skipped) {
  const needs = needsOf(name);
  console.log(`  ${name}${needs.length > 0 ? '' : ' (no reason given)'}`);
  if (needs.length > 0 && needs.every((tool) => installed.has(tool))) problems.push(`skipped although .ci/run installs what it needs: ${name}`);
}
for (const name of failed) console.log(`failed: ${name}`);
for (const problem of problems) console.log(`failed: ${problem}`);
const failures = failed.length + problems.length;
process.exitCode = failures > 0 ? 1 : 0;
console.log(`tests: ${passed} passed, ${failures} failed, ${skipped.length} skipped`);
