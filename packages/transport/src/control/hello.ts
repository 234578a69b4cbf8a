import {CONTROL_VERSIONS, type Hello, type VersionRange, describeVersions, highestCommonVersion} from '@sterna/protocol/control';
import {sideOfRole} from './address.ts';
import {connectionError} from './connection-error.ts';

/** How this process introduces itself. */
export type LocalHello = {
	/** Name and version: `sterna-sender 0.1.0`. */
	readonly software: string;
	/** Name of this host. */
	readonly host: string;
	readonly role: Hello['role'];
	/** Optional abilities that count only where both ends name them. */
	readonly features?: readonly string[];
	/** Control protocol versions spoken; those of this build unless a test says otherwise. */
	readonly versions?: VersionRange;
};

/** What two hellos agree on. */
export type Agreement = {
	readonly peer: Hello;
	/** The highest version that both speak. */
	readonly version: number;
	/** Abilities that both named. */
	readonly features: ReadonlySet<string>;
};

export function helloMessage(local: LocalHello): Hello {
	const {min, max} = local.versions ?? CONTROL_VERSIONS;
	return {versionMin: min, versionMax: max, software: local.software, host: local.host, role: local.role, features: local.features ?? []};
}

/** Throws ERR_PROTOCOL_VERSION, with both ranges, when there is no common version. docs/spec/control.md section 2. */
export function agree(local: LocalHello, peer: Hello): Agreement {
	const ours = local.versions ?? CONTROL_VERSIONS;
	const theirs = {min: peer.versionMin, max: peer.versionMax};
	const version = highestCommonVersion(ours, theirs);
	if (version === undefined) {
		throw connectionError(
			'ERR_PROTOCOL_VERSION',
			`${local.software} on ${local.host} speaks control protocol version ${describeVersions(ours)}, ${peer.software} on ${peer.host} version ${describeVersions(theirs)}`,
			{
				side: sideOfRole(local.role),
				next: `migrate-ctl hosts --probe # once the same version of Sterna is on ${local.host} and ${peer.host}`,
			},
		);
	}

	return {peer, version, features: new Set(peer.features).intersection(new Set(local.features))};
}
