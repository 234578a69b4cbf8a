import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {QemuConsoleOptions} from './console.ts';
import {connectToMonitor} from './qemu-host.ts';
import type {QmpClient} from './qmp/qmp-client.ts';
import {runFiles} from './run-files.ts';

/** Where QEMU has the devices that it made by itself, and those of `-device` with a name and without. */
const DEVICE_LISTS = ['/machine/unattached', '/machine/peripheral', '/machine/peripheral-anon'] as const;

/** A Unix socket that QEMU listens on, as `query-chardev` has it. */
const LISTENING_SOCKET = /^(?:disconnected:)?unix:(\/.+),server=on$/;

/**
 * Where the console of a guest is. That of a guest of ours is in its run directory. One that others have started is asked for its first serial port, by its only
 * monitor: rejects ERR_DOMAIN_BUSY while a migration has that, ERR_NOT_SUPPORTED where the port is no Unix socket that QEMU listens on.
 */
export async function findConsole(handle: ProcessHandle, {runDir, outputFile}: GuestPlace): Promise<QemuConsoleOptions> {
	const files = runFiles(runDir);
	if (handle.socketPath === files.qmp) return {socketPath: files.console};
	using monitor = await connectToMonitor(handle);
	const [label, chardevs] = await Promise.all([chardevOfFirstPort(monitor), monitor.execute('query-chardev')]);
	if (label === undefined) throw new DomainError('ERR_NOT_SUPPORTED', 'the guest has no serial port');
	const filename = chardevs.find(each => each.label === label)?.filename ?? '';
	const socketPath = LISTENING_SOCKET.exec(filename)?.[1];
	// Nobody else writes down here what it says.
	if (socketPath !== undefined) return {socketPath, appendTo: outputFile};
	throw new DomainError(
		'ERR_NOT_SUPPORTED',
		`the first serial port of the guest, which others have started, is not a Unix socket that its QEMU listens on but ${JSON.stringify(filename)}`,
	);
}

/** The stream of the serial port with the lowest number; undefined where there is none. */
async function chardevOfFirstPort(monitor: QmpClient): Promise<string | undefined> {
	const found = await Promise.all(
		DEVICE_LISTS.map(async list => {
			const devices = await monitor.execute('qom-list', {path: list});
			return devices.filter(({type}) => type === 'child<isa-serial>').map(({name}) => `${list}/${name}`);
		}),
	);
	const ports = await Promise.all(
		found.flat().map(async path => {
			const [index, chardev] = await Promise.all([
				monitor.execute('qom-get', {path, property: 'index'}),
				monitor.execute('qom-get', {path, property: 'chardev'}),
			]);
			return {index: Number(index), chardev: typeof chardev === 'string' ? chardev : undefined};
		}),
	);
	return ports.toSorted((a, b) => a.index - b.index)[0]?.chardev;
}
