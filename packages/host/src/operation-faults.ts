import {
	causeChain,
	type ErrorCode,
	isErrorCode,
	OperationError,
	type OperationFault,
	type Phase,
	type RunsOn,
	type Side,
	StreamError,
} from '@sterna/protocol';

/** What an error arose in: everything about it that its thrower did not know. */
export type FaultContext = {
	readonly side: Side;
	readonly phase: Phase;
	readonly runsOn: RunsOn;
	/** The domain and, where there is one, the other host: named in the next command. */
	readonly domain?: string;
	readonly peer?: string;
};

/** A new error of this operation. */
export function operationError(code: ErrorCode, message: string, context: FaultContext, options?: ErrorOptions): OperationError {
	return new OperationError(
		{
			code,
			message,
			side: context.side,
			phase: context.phase,
			runsOn: context.runsOn,
			next: nextCommand(code, context),
			causes: options?.cause === undefined ? [] : causeChain(options.cause),
		},
		options,
	);
}

/**
 * Any thrown value as the error that the operator sees. An OperationError keeps what it knows (code, message, side, phase) and gets
 * where the guest runs now and the next command, which only the end of the operation knows; and the phase, where it arose in a part that
 * knows of none and so said `request`.
 */
export function toOperationError(error: unknown, context: FaultContext): OperationError {
	if (error instanceof OperationError) {
		const phase = error.fault.phase === 'request' ? context.phase : error.fault.phase;
		const next = nextCommand(error.code, context) ?? error.fault.next;
		const fault: OperationFault = {...error.fault, phase, runsOn: context.runsOn, next};
		return new OperationError(fault, {cause: error.cause});
	}

	const message = error instanceof Error ? error.message : String(error);
	const told = operationError(codeOf(error, context.phase), message, context, {cause: error instanceof Error ? error.cause : undefined});
	// What crossed from a worker thread has its causes as texts.
	const texts = error instanceof Error && 'causes' in error && Array.isArray(error.causes) ? error.causes.map(String) : [];
	return texts.length === 0 ? told : new OperationError({...told.fault, causes: [...texts, ...told.fault.causes]}, {cause: told.cause});
}

function codeOf(error: unknown, phase: Phase): ErrorCode {
	if (error instanceof StreamError) return error.code === 'ERR_STREAM_TRUNCATED' ? 'ERR_STREAM_TRUNCATED' : 'ERR_STREAM';
	const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
	if (typeof code === 'string' && isErrorCode(code)) return code; // A driver's error: the code is the operator's already.
	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT':
			return 'ERR_DISK_FULL';
		case 'ENOMEM':
			return 'ERR_MEMORY_INSUFFICIENT';
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ETIMEDOUT':
			return 'ERR_CONNECTION_LOST';
		case 'ECONNREFUSED':
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return 'ERR_HOST_UNREACHABLE';
		default:
			return (phase === 'save' || phase === 'restore') && typeof code === 'string' && /^E[A-Z]+$/.test(code) ? 'ERR_FILE' : 'ERR_INTERNAL';
	}
}

/** The command that helps most after an error of this code; undefined where there is nothing to type. */
function nextCommand(code: ErrorCode, {domain, peer}: FaultContext): string | undefined {
	const again = domain === undefined || peer === undefined ? undefined : `migrate-ctl start ${domain} ${peer}`;
	const show = domain === undefined ? 'migrate-ctl domain list' : `migrate-ctl domain show ${domain}`;
	switch (code) {
		case 'ERR_USAGE':
			return 'migrate-ctl --help';
		case 'ERR_DAEMON_UNREACHABLE':
			return 'systemctl status sterna-sender sterna-receiver';
		case 'ERR_DOMAIN_UNKNOWN':
		case 'ERR_DOMAIN_EXISTS':
		case 'ERR_DOMAIN_STATE':
			return 'migrate-ctl domain list';
		case 'ERR_DOMAIN_BUSY':
		case 'ERR_MIGRATION_UNKNOWN':
		case 'ERR_PROTECTION_UNKNOWN':
			return 'migrate-ctl status';
		case 'ERR_HOST_UNKNOWN':
			return 'migrate-ctl hosts';
		case 'ERR_HOST_UNREACHABLE':
		case 'ERR_TLS':
		case 'ERR_PROTOCOL_VERSION':
		case 'ERR_PEER_SILENT':
			return 'migrate-ctl hosts --probe';
		case 'ERR_TARGET_REFUSED':
		case 'ERR_MEMORY_INSUFFICIENT':
			return peer === undefined ? 'migrate-ctl domain list' : `migrate-ctl domain list # on ${peer}`;
		case 'ERR_CONNECTION_LOST':
		case 'ERR_PROOF_MISMATCH':
		case 'ERR_ABORTED_BY_OPERATOR':
		case 'ERR_ABORTED_BY_POLICY':
		case 'ERR_ABORTED_BY_RECEIVER':
		case 'ERR_DAEMON_STOPPING':
		case 'ERR_GUEST_REBOOTED':
		case 'ERR_GUEST_RESIZED':
		case 'ERR_GUEST_DEVICE_ADDED':
		case 'ERR_HOOK':
			return again;
		case 'ERR_WILL_NOT_CONVERGE':
			return domain === undefined || peer === undefined ? undefined : `migrate-ctl forecast ${domain} ${peer}`;
		case 'ERR_TRACKER':
			return again === undefined ? undefined : `${again} # behind a restart of the sender with --tracker compare`;
		case 'ERR_GUEST_EXITED':
		case 'ERR_GUEST_CORRUPT':
		case 'ERR_DEVICE_STATE':
		case 'ERR_DEVICE_STATE_NOT_A_FILE':
		case 'ERR_DEVICE_STATE_CHANGED':
			return show;
		case 'ERR_DISK_FULL':
			return 'df -h # then the same command with a FILE that has room';
		case 'ERR_STREAM':
		case 'ERR_STREAM_TRUNCATED':
			return 'migrate-ctl stream verify FILE';
		case 'ERR_UNDECIDED':
			return domain === undefined ? 'migrate-ctl status' : `migrate-ctl resolve ${domain}`;
		case 'ERR_LEASE_HELD':
		case 'ERR_LEASE_LOST':
		case 'ERR_STALE':
			return domain === undefined ? 'migrate-ctl status' : `migrate-ctl status ${domain} # on both hosts`;
		case 'ERR_LEASE_STORE':
			return 'etcdctl endpoint health';
		case 'ERR_STANDBY_LOST':
			return domain === undefined || peer === undefined ? 'migrate-ctl status' : `migrate-ctl protect ${domain} ${peer}`;
		case 'ERR_INTERNAL':
			return 'journalctl -u sterna-sender -u sterna-receiver # on both hosts';
		case 'ERR_CONFIG':
		case 'ERR_NOT_SUPPORTED':
		case 'ERR_FILE':
			return undefined;
	}
}
