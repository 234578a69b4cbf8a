// Makes a checkout ready and then becomes the program that was asked for. Plain JavaScript without dependencies: it runs in a
// fresh clone, under whatever Node >= 20 the machine has, before anything is installed.
//
//   node scripts/bootstrap.mjs [--quiet] [SCRIPT [ARGUMENT...]]
//
// Installs the dependencies where they are missing or no longer those of the lockfile, then runs SCRIPT with the pinned Node.
// Prints to stderr only, and with --quiet only when something fails or a person is watching.
import {spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {constants} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const PNPM = 'pnpm@12.21.0';
const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.sterna-installed');
const LOCK = path.join(ROOT, '.cache', 'install.lock');
const NODE = path.join(MODULES, '.bin', 'node');
const OLDEST_NODE_MAJOR = 20;

/** Ends with a sentence that a person can act on. */
function fail(message) {
	process.stderr.write(`sterna: ${message}\n`);
	process.exit(1);
}

/** The manifests of all workspace packages; a package that is added or removed changes the list. */
function manifests() {
	const packages = readdirSync(path.join(ROOT, 'packages')).toSorted((a, b) => (a < b ? -1 : 1));
	const folders = ['.', 'test-e2e', 'bench', ...packages.map(name => `packages/${name}`)];
	return folders.map(folder => path.join(folder, 'package.json')).filter(file => existsSync(path.join(ROOT, file)));
}

/** What the installed tree depends on: the lockfile, the workspace, each manifest's dependencies, and the machine. */
function fingerprint() {
	const hash = createHash('sha256').update(`${PNPM} ${process.platform} ${process.arch}`);
	for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(file).update(readFileSync(path.join(ROOT, file)));
	for (const file of manifests()) {
		// Scripts and descriptions may change without a new install.
		const {dependencies, devDependencies} = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
		hash.update(file).update(JSON.stringify([dependencies, devDependencies]));
	}

	return hash.digest('hex');
}

function isInstalled(wanted) {
	return existsSync(NODE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === wanted;
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Waits until no other bootstrap of this checkout installs, then marks this one as installing: two at a time would tread on each other. */
async function takeLock() {
	mkdirSync(path.dirname(LOCK), {recursive: true});
	const mine = `${LOCK}.${process.pid}`;
	writeFileSync(mine, String(process.pid));
	try {
		for (;;) {
			try {
				linkSync(mine, LOCK); // Unlike a file created and then filled, never seen without its content.
				return;
			} catch (error) {
				if (error.code !== 'EEXIST') fail(`cannot create ${LOCK}: ${error.message}`);
			}

			const owner = existsSync(LOCK) ? Number.parseInt(readFileSync(LOCK, 'utf8'), 10) : undefined;
			if (owner !== undefined && !isAlive(owner)) rmSync(LOCK, {force: true});
			await new Promise(resolve => {
				setTimeout(resolve, 200);
			});
		}
	} finally {
		rmSync(mine, {force: true});
	}
}

function install(quiet) {
	const said = quiet && !process.stderr.isTTY ? () => {} : text => process.stderr.write(text);
	said('sterna: installing dependencies (once; about half a minute)...\n');
	// Without a terminal pnpm refuses to replace a node_modules that it did not make, unless told not to ask.
	const args = ['--yes', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'];
	const result = spawnSync('npx', args, {cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024});
	if (result.error) fail(`cannot run npx, which comes with Node's npm: ${result.error.message}`);
	if (result.status !== 0) {
		process.stderr.write(result.stdout + result.stderr);
		const how = result.status === null ? `was killed by ${result.signal}` : `exited with ${result.status}`;
		fail(
			`'npx ${args.join(' ')}' ${how} (its output is above). Dependencies come from the npm registry that 'npm config get registry' names.`,
		);
	}

	if (!existsSync(NODE)) fail(`the pinned Node was not installed: ${NODE} is missing. Remove node_modules and try again.`);
}

async function ensureInstalled(quiet) {
	const wanted = fingerprint();
	if (isInstalled(wanted)) return;
	await takeLock();
	try {
		if (isInstalled(wanted)) return; // By the one that we waited for.
		install(quiet);
		writeFileSync(`${STAMP}.new`, `${wanted}\n`);
		renameSync(`${STAMP}.new`, STAMP);
	} finally {
		rmSync(LOCK, {force: true});
	}
}

/** Runs `script` with the pinned Node in this process's place. */
function become(script, args) {
	const environment = {
		// Compiled code of the many short processes that tests and labs start: halves what the start of one costs.
		NODE_COMPILE_CACHE: path.join(ROOT, '.cache', 'compile'),
		...process.env,
		PATH: `${path.join(MODULES, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
	};
	const argv = [path.resolve(ROOT, script), ...args];
	// npm changes to the root of the checkout; file names on the command line are meant from where the person stands.
	if (process.env.INIT_CWD && existsSync(process.env.INIT_CWD)) process.chdir(process.env.INIT_CWD);
	if (typeof process.execve === 'function') {
		process.execve(NODE, [NODE, ...argv], environment);
	}

	// An older Node cannot replace itself: stay as its parent and pass on what comes.
	const child = spawn(NODE, argv, {stdio: 'inherit', env: environment});
	for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
		// A terminal sends Ctrl-C and Ctrl-\ to the child as well: twice would be one too many.
		const sentByTerminal = (signal === 'SIGINT' || signal === 'SIGQUIT') && process.stdin.isTTY;
		process.on(signal, () => {
			if (!sentByTerminal) child.kill(signal);
		});
	}

	child.on('error', error => fail(`cannot run ${NODE}: ${error.message}`));
	child.on('exit', (code, signal) => {
		process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
	});
}

const [major] = process.versions.node.split('.');
if (Number(major) < OLDEST_NODE_MAJOR) fail(`needs Node ${OLDEST_NODE_MAJOR} or newer to set itself up; this is ${process.version}`);
const args = process.argv.slice(2);
const quiet = args[0] === '--quiet';
if (quiet) args.shift();
const [script, ...rest] = args;
await ensureInstalled(quiet);
if (script !== undefined) become(script, rest);
