/** Which side of a migration an error arose on. */
export const SIDES = ['sender', 'receiver', 'migrate-ctl'] as const;
export type Side = (typeof SIDES)[number];

/** Where in the life of an operation it arose. */
export const PHASES = [
	'request',
	'prepare',
	'precopy',
	'stop-and-copy',
	'handover',
	'running',
	'checkpoint',
	'failover',
	'save',
	'restore',
] as const;
export type Phase = (typeof PHASES)[number];

/** Where the guest runs after the error: a host's name, nowhere (saved, destroyed, never started), or not known. */
export type RunsOn = {readonly kind: 'host'; readonly host: string} | {readonly kind: 'nowhere'} | {readonly kind: 'unknown'};

/** Every error an operator can meet, with the exit status of `migrate-ctl`. Callers branch on the code, never on the message. */
export const ERROR_CODES = {
	ERR_USAGE: {exitStatus: 2, summary: 'the command line or the configuration is wrong'},
	ERR_CONFIG: {exitStatus: 2, summary: 'the configuration file is wrong'},
	ERR_DAEMON_UNREACHABLE: {exitStatus: 4, summary: 'the daemon on this host does not answer'},
	ERR_DOMAIN_UNKNOWN: {exitStatus: 4, summary: 'there is no such domain on this host'},
	ERR_DOMAIN_EXISTS: {exitStatus: 4, summary: 'a domain of this name exists already'},
	ERR_DOMAIN_BUSY: {exitStatus: 4, summary: 'another operation has hold of the domain'},
	ERR_DOMAIN_STATE: {exitStatus: 4, summary: 'the domain is not in a state for this'},
	ERR_MIGRATION_UNKNOWN: {exitStatus: 4, summary: 'there is no such migration'},
	ERR_PROTECTION_UNKNOWN: {exitStatus: 4, summary: 'there is no such standby or protected domain'},
	ERR_HOST_UNKNOWN: {exitStatus: 4, summary: 'the host is not in the configuration'},
	ERR_HOST_UNREACHABLE: {exitStatus: 5, summary: 'the other host does not answer'},
	ERR_TLS: {exitStatus: 5, summary: 'the two hosts do not accept each other over TLS'},
	ERR_PROTOCOL_VERSION: {exitStatus: 5, summary: 'the two daemons have no protocol version in common'},
	ERR_NOT_SUPPORTED: {exitStatus: 4, summary: 'this cannot be done with this guest or build'},
	ERR_WILL_NOT_CONVERGE: {exitStatus: 4, summary: 'a forecast says that the migration would not converge'},
	ERR_MEMORY_INSUFFICIENT: {exitStatus: 5, summary: 'the host has not enough memory for the guest'},
	ERR_TARGET_REFUSED: {exitStatus: 5, summary: 'the receiver refused the guest'},
	ERR_CONNECTION_LOST: {exitStatus: 6, summary: 'the connection between the hosts was lost'},
	ERR_PEER_SILENT: {exitStatus: 6, summary: 'the other daemon stopped answering'},
	ERR_STREAM: {exitStatus: 7, summary: 'the stream is not valid'},
	ERR_STREAM_TRUNCATED: {exitStatus: 7, summary: 'the stream breaks off'},
	ERR_PROOF_MISMATCH: {exitStatus: 7, summary: 'what arrived at the receiver is not what was sent'},
	ERR_DEVICE_STATE: {exitStatus: 7, summary: 'the device state cannot be read or loaded'},
	ERR_DEVICE_STATE_NOT_A_FILE: {exitStatus: 7, summary: 'the device state is not a plain file'},
	ERR_DEVICE_STATE_CHANGED: {exitStatus: 7, summary: 'the device state changed size while it was read'},
	ERR_GUEST_EXITED: {exitStatus: 8, summary: 'the guest exited'},
	ERR_GUEST_REBOOTED: {exitStatus: 8, summary: 'the guest rebooted'},
	ERR_GUEST_RESIZED: {exitStatus: 8, summary: 'the memory of the guest was resized'},
	ERR_GUEST_DEVICE_ADDED: {exitStatus: 8, summary: 'a device was added to the guest'},
	ERR_GUEST_CORRUPT: {exitStatus: 8, summary: 'the guest found its memory wrong'},
	ERR_TRACKER: {exitStatus: 7, summary: 'writes of the guest could not be tracked'},
	ERR_ABORTED_BY_OPERATOR: {exitStatus: 3, summary: 'aborted by the operator'},
	ERR_ABORTED_BY_POLICY: {exitStatus: 3, summary: 'aborted by the precopy policy'},
	ERR_ABORTED_BY_RECEIVER: {exitStatus: 3, summary: 'aborted on the receiving host'},
	ERR_DAEMON_STOPPING: {exitStatus: 3, summary: 'the daemon is stopping'},
	ERR_HOOK: {exitStatus: 7, summary: 'a configured hook failed'},
	ERR_DISK_FULL: {exitStatus: 7, summary: 'there is no space left for the file'},
	ERR_FILE: {exitStatus: 7, summary: 'the file cannot be read or written'},
	ERR_UNDECIDED: {exitStatus: 9, summary: 'it is not known yet which host runs the guest'},
	ERR_LEASE_HELD: {exitStatus: 5, summary: 'another host holds the lease of the domain, or owns it'},
	ERR_LEASE_LOST: {exitStatus: 8, summary: 'the lease of the domain is not held here any more'},
	ERR_LEASE_STORE: {exitStatus: 5, summary: 'the lease store does not answer'},
	ERR_STANDBY_LOST: {exitStatus: 6, summary: 'the standby of the guest is lost'},
	ERR_STALE: {exitStatus: 8, summary: 'the guest runs on another host: the copy here is out of date'},
	ERR_INTERNAL: {exitStatus: 70, summary: 'a fault in Sterna itself'},
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(text: string): text is ErrorCode {
	return Object.hasOwn(ERROR_CODES, text);
}

export type OperationFault = {
	readonly code: ErrorCode;
	/** One sentence with the numbers in it; ends without a full stop. */
	readonly message: string;
	readonly side: Side;
	readonly phase: Phase;
	readonly runsOn: RunsOn;
	/** The command that the operator should type next, ready to be pasted: whatever else is to be said of it stands behind ` # `. Undefined when there is nothing to type. */
	readonly next: string | undefined;
	/** What lay beneath, outermost first, of either host. What crossed from another process says where it arose, as `attributed` has it. */
	readonly causes: readonly string[];
};

/** The one error that crosses a process boundary: log, CLI, JSON and the other host all show the same fault. */
export class OperationError extends Error {
	override readonly name = 'OperationError';
	readonly code: ErrorCode;
	readonly fault: OperationFault;

	constructor(fault: OperationFault, options?: ErrorOptions) {
		super(fault.message, options);
		this.code = fault.code;
		this.fault = fault;
	}
}

/** Most causes that an error has. */
export const MAX_CAUSES = 16;

const ATTRIBUTED = new RegExp(`^(?:${SIDES.join('|')}): `);

/** A cause with the side that it arose on before it: `receiver: connect ECONNREFUSED`. One that has a side keeps it. */
export function attributed(cause: string, side: Side): string {
	return ATTRIBUTED.test(cause) ? cause : `${side}: ${cause}`;
}

/**
 * Messages of an error's cause chain, itself included, outermost first; at most `MAX_CAUSES`. An OperationError among them has its side and its code before its message,
 * and what lies beneath it has that side, so that a chain that crossed hosts tells what happened on which.
 */
export function causeChain(error: unknown): string[] {
	const chain: string[] = [];
	let side: Side | undefined;
	const add = (text: string): number => chain.push(side === undefined ? text : attributed(text, side));
	let at: unknown = error;
	while (at !== undefined && at !== null && chain.length < MAX_CAUSES) {
		if (at instanceof OperationError) {
			side = at.fault.side;
			add(`${at.code}: ${at.message}`);
			at.fault.causes.forEach(add);
			at = at.cause;
			continue;
		}

		if (!(at instanceof Error)) {
			add(typeof at === 'string' ? at : JSON.stringify(at));
			break;
		}

		add(at.message);
		at = at.cause;
	}

	return [...new Set(chain)].slice(0, MAX_CAUSES);
}
