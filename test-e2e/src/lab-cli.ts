/** `npm run lab -- up | ctl HOST … | status | logs HOST | kill HOST DAEMON | restart HOST DAEMON | down`: a lab by hand. */
import {createHash} from 'node:crypto';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Argument, Command} from 'commander';
import {MIGRATE_CTL} from './lab/ctl.ts';
import {DAEMON_NAMES, type DaemonName} from './lab/host-files.ts';
import {Lab} from './lab/lab.ts';

const CHECKOUT = path.join(import.meta.dirname, '../..');

/** One lab a user and checkout. Not below the checkout: its path may be too long for a socket's, and it need not be writable. */
const DEFAULT_DIRECTORY = path.join(
	tmpdir(),
	`sterna-lab-${process.getuid?.() ?? 0}-${createHash('sha256').update(CHECKOUT).digest('hex').slice(0, 8)}`,
);

/** A mistake of the person, shown without a stack. */
class UsageError extends Error {
	override readonly name = 'UsageError';
}

const program = new Command('npm run lab --')
	.description('Named hosts on loopback, each with a sender and a receiver of its own, to try Sterna by hand.')
	.option('--dir <directory>', 'where the lab is', DEFAULT_DIRECTORY)
	.enablePositionalOptions();

const directory = (): string => path.resolve(program.opts<{dir: string}>().dir);

function attach(): Lab {
	const lab = Lab.attach(directory());
	if (lab === undefined) throw new UsageError(`there is no lab in ${directory()}: begin with \`npm run lab -- up\``);
	return lab;
}

function showStatus(lab: Lab): void {
	for (const host of lab.hosts) {
		const daemons = DAEMON_NAMES.map(name => `${name} ${host.daemon(name).id?.pid ?? 'down'}`).join('  ');
		console.log(`${host.name.padEnd(12)} ${daemons.padEnd(34)} control ${host.controlPort}  data ${host.dataPort}  ${host.files.config}`);
	}
}

const daemonArgument = (): Argument => new Argument('<daemon>', 'which of the two').choices(DAEMON_NAMES);

program
	.command('up')
	.description('start the hosts')
	.option('--hosts <names>', 'separated by commas', 'host-a,host-b')
	.option('--tls', 'TLS between the hosts, with certificates made for the occasion')
	.option('--qemu', 'hosts that run QEMU guests, with a network "lan" and a directory of images')
	.action(async ({hosts, tls, qemu}: {hosts: string; tls?: boolean; qemu?: boolean}) => {
		if (Lab.attach(directory()) !== undefined)
			throw new UsageError(`there is a lab in ${directory()} already: \`npm run lab -- status\`, or \`down\` first`);
		const lab = await Lab.startDetached({hosts: hosts.split(','), directory: directory(), tls: tls === true, qemu: qemu === true});
		showStatus(lab);
		if (lab.qemu !== undefined) console.log(`\nimages for QEMU guests: ${lab.qemu.images}`);
		console.log('\nnpm run lab -- ctl host-a domain create dom1\nnpm run lab -- ctl host-a start dom1 host-b\nnpm run lab -- down');
	});
program
	.command('ctl')
	.description('run migrate-ctl as an operator of a host')
	.argument('<host>')
	.argument('<arguments...>', 'what migrate-ctl takes')
	.passThroughOptions()
	.action((host: string, args: string[]) => {
		const {config} = attach().host(host).files;
		// In place of this process: terminal, signals and exit status are its own.
		process.execve?.(process.execPath, [process.execPath, MIGRATE_CTL, '--config', config, ...args], process.env);
	});
program
	.command('status')
	.description('what runs, and where')
	.action(() => showStatus(attach()));
program
	.command('logs')
	.description("print the daemons' logs")
	.argument('<host>')
	.addArgument(new Argument('[daemon]', 'one of the two').choices(DAEMON_NAMES))
	.action((host: string, daemon: DaemonName | undefined) => {
		for (const name of daemon === undefined ? DAEMON_NAMES : [daemon]) process.stdout.write(attach().host(host).daemon(name).log);
	});
program
	.command('kill')
	.description('end a daemon; guests run on')
	.argument('<host>')
	.addArgument(daemonArgument())
	.argument('[signal]', 'how', 'SIGKILL')
	.action(async (host: string, daemon: DaemonName, signal: NodeJS.Signals) => attach().host(host).kill(daemon, signal));
program
	.command('restart')
	.description('end a daemon where it is up, and start it')
	.argument('<host>')
	.addArgument(daemonArgument())
	.action(async (host: string, daemon: DaemonName) => attach().host(host).restart(daemon));
program
	.command('down')
	.description('end everything, guests included, and remove it')
	.action(async () => attach().destroy());

try {
	await program.parseAsync();
} catch (error) {
	if (!(error instanceof UsageError)) throw error;
	console.error(error.message);
	process.exitCode = 2;
}
