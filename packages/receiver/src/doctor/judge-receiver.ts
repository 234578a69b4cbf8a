import {type Judgement, judgeSilentDaemon, ok, type SilentDaemonFacts, warning} from '@sterna/host/doctor';

/** What a receiver knows of the host that asks it, by the name that it gave. */
export type AskerFacts = {
	readonly asker: string;
	/** Of the receiver's own host. */
	readonly host: string;
	/** What came of calling the asker's receiver; undefined: it is not in the configuration here. */
	readonly wayBack: {readonly peer: string} | {readonly error: string} | undefined;
};

/** Whether a guest could come back: what it writes after a move is followed that way, too. */
export function judgeWayBack({asker, host, wayBack}: AskerFacts): Judgement {
	if (wayBack === undefined)
		return warning(
			'way-back',
			`${host} has no host ${asker}: no guest can be moved back, and none of its consoles follows it`,
			`add [hosts.${asker}] to the configuration of ${host}, and restart its daemons; or correct name on ${asker}`,
		);
	if ('error' in wayBack)
		return warning(
			'way-back',
			`${host} does not reach the receiver of ${asker}: ${wayBack.error}`,
			`migrate-ctl doctor ${asker}, on ${host}, says what is wrong that way`,
		);
	if (wayBack.peer !== asker)
		return warning(
			'way-back',
			`what ${host} has as ${asker} calls itself ${wayBack.peer}`,
			`correct hosts.${asker} on ${host}: its address leads to another host`,
		);
	return ok('way-back', `${host} reaches the receiver of ${asker}`);
}

export type StandbyFacts = {readonly domain: string; readonly peer: string; readonly phase: string};

/** Standbys that wait for a source, or for a person. */
export function judgeStandbys(standbys: readonly StandbyFacts[]): readonly Judgement[] {
	const alone = standbys.filter(({phase}) => phase === 'holding' || phase === 'failed');
	if (alone.length === 0)
		return [ok('standbys', standbys.length === 0 ? 'there are none here' : `${standbys.length} here, and none without its source`)];
	return alone.map(({domain, peer}) =>
		warning(
			'standbys',
			`the standby of ${domain} has no source any more: ${peer} does not send`,
			`bring ${peer} back; or migrate-ctl failover ${domain}; or, where it is not wanted, migrate-ctl resolve ${domain} --force destroy-here`,
		),
	);
}

/** Of the sender of the receiver's host. `silent`: undefined where it answers. It is not needed for a guest to come in. */
export function judgeSender({host, silent}: {readonly host: string; readonly silent: SilentDaemonFacts | undefined}): Judgement {
	if (silent === undefined) return ok('daemon', `sterna-sender of ${host} answers`);
	const {detail, fix} = judgeSilentDaemon(silent);
	return warning('daemon', `${detail}; guests can come in to ${host}, and not be moved on`, `${fix} (on ${host})`);
}
