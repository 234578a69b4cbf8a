import {constants} from 'node:os';
import {isProcessStopped, type ProcessIdentity, startTicksOf} from '@sterna/domain/processes';
import {closeDescriptor, openProcess, signalProcess} from '@sterna/system/watching';

/** The process of a guest, held by a descriptor that never comes to mean another one. Closed by disposal. */
export class WatchedGuest implements Disposable {
	/** Readable when the process has ended. */
	readonly pidfd: number;
	readonly #identity: ProcessIdentity;

	/** Throws `SystemError` ESRCH, or an Error, where exactly this process is not there. */
	constructor(identity: ProcessIdentity) {
		this.#identity = identity;
		this.pidfd = openProcess(identity.pid);
		// Behind the opening: what the descriptor is of is what was looked at.
		if (startTicksOf(identity.pid) === identity.startTicks) return;
		closeDescriptor(this.pidfd);
		throw new Error(`process ${identity.pid} is not the guest's any more`);
	}

	get isStopped(): boolean {
		return isProcessStopped(this.#identity);
	}

	/** Its threads stand still some moments later: `isStopped` says when. False when it has ended. Throws `SystemError`, EPERM where it is another user's. */
	stop(): boolean {
		return signalProcess(this.pidfd, constants.signals.SIGSTOP);
	}

	/** False when it has ended. Throws as `stop`. */
	letRun(): boolean {
		return signalProcess(this.pidfd, constants.signals.SIGCONT);
	}

	[Symbol.dispose](): void {
		closeDescriptor(this.pidfd);
	}
}
