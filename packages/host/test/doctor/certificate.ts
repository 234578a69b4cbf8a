import {chmodSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {TestAuthority, writeTlsFiles} from '@sterna/test-certificates';
import {certificateFacts} from '../../src/doctor/certificate-facts.ts';
import {type CertificateFacts, judgeCertificate} from '../../src/doctor/judge-certificate.ts';
import {temporaryDirectory} from '../helpers/host.ts';
import {assertJudged, type Expected} from '../helpers/judgements.ts';

const NOW = new Date('2026-06-15T12:00:00Z');
const FILES = {certificate: '/etc/host.pem', key: '/etc/host.key', ca: '/etc/ca.pem'};
const YEAR = {subject: 'CN=host-a', validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2027-01-01T00:00:00Z')};
const LEAF = {...YEAR, names: 'DNS:host-a'};
const WELL: CertificateFacts = {
	files: FILES,
	certificate: LEAF,
	key: {isOfCertificate: true, mode: 0o100600},
	authority: {certificates: [YEAR], hasIssued: true},
};
const OK: Expected = {state: 'ok'};

test('certificate, key and authority are judged apart, each with its cure', t => {
	const rows: readonly [string, Partial<CertificateFacts>, readonly [certificate: Expected, key: Expected, authority: Expected]][] = [
		['all is well', {}, [{state: 'ok', detail: /holds until 2027-01-01, for DNS:host-a/}, OK, OK]],
		[
			'unreadable',
			{certificate: {problem: 'EACCES'}, key: {problem: 'ENOENT'}, authority: {problem: 'bad PEM'}},
			[
				{state: 'fault', detail: /EACCES/},
				{state: 'fault', detail: /ENOENT/},
				{state: 'fault', detail: /bad PEM/},
			],
		],
		[
			'expired',
			{certificate: {...LEAF, validTo: new Date('2026-06-14T00:00:00Z')}},
			[{state: 'fault', detail: /has expired on 2026-06-14/, fix: /issue another/}, OK, OK],
		],
		[
			'of tomorrow',
			{certificate: {...LEAF, validFrom: new Date('2026-06-16T00:00:00Z')}},
			[{state: 'fault', detail: /holds from .* and it is 2026-06-15/, fix: /clock/}, OK, OK],
		],
		[
			'ends in a week',
			{certificate: {...LEAF, validTo: new Date('2026-06-22T13:00:00Z')}},
			[{state: 'warning', detail: /in 7 days$/, fix: /reload/}, OK, OK],
		],
		['without a name', {certificate: {...LEAF, names: ''}}, [{state: 'fault', detail: /for no name/}, OK, OK]],
		['another key', {key: {isOfCertificate: false, mode: 0o100600}}, [OK, {state: 'fault', detail: /not that of tls\.certificate/}, OK]],
		[
			'an open key',
			{key: {isOfCertificate: true, mode: 0o100644}},
			[OK, {state: 'warning', detail: /everybody may read/, fix: /chmod o-rwx \/etc\/host\.key/}, OK],
		],
		['a key for the group', {key: {isOfCertificate: true, mode: 0o100640}}, [OK, OK, OK]],
		['another authority', {authority: {certificates: [YEAR], hasIssued: false}}, [OK, OK, {state: 'fault', detail: /did not issue/}]],
		[
			'an authority that is over',
			{authority: {certificates: [{...YEAR, validTo: new Date('2026-06-01T00:00:00Z')}], hasIssued: true}},
			[OK, OK, {state: 'fault', detail: /has expired/}],
		],
		[
			'one of two is over',
			{authority: {certificates: [YEAR, {...YEAR, validTo: new Date('2026-06-01T00:00:00Z')}], hasIssued: true}},
			[OK, OK, {state: 'warning', detail: /2026-06-01/}],
		],
	];
	for (const [why, facts, expected] of rows) assertJudged(t, judgeCertificate({...WELL, ...facts}, {now: NOW}), expected, why);
});

test('files are read as they are: a whole set, a stranger’s certificate, a key of another, an expired one, none', async t => {
	const authority = await TestAuthority.create('one');
	const other = await TestAuthority.create('another');
	const issued = await authority.issue({name: 'host-a'});
	const now = new Date();
	const judge = async (
		name: string,
		files: Parameters<typeof writeTlsFiles>[1],
		ca: string,
	): Promise<ReturnType<typeof judgeCertificate>> =>
		judgeCertificate(await certificateFacts(writeTlsFiles(path.join(directory, name), files, ca)), {now});
	const directory = temporaryDirectory(t);
	// Test authorities live for a day.
	const soon: Expected = {state: 'warning', detail: /in 0 days/};
	const ending: Expected = {state: 'warning', detail: /ends soon/};
	assertJudged(t, await judge('well', issued, authority.certificate), [soon, OK, ending], 'well');
	assertJudged(t, await judge('strange', issued, other.certificate), [soon, OK, {state: 'fault', detail: /did not issue/}], 'strange');
	const swapped = {...issued, key: (await other.issue({name: 'host-a'})).key};
	assertJudged(
		t,
		await judge('swapped', swapped, authority.certificate),
		[soon, {state: 'fault', detail: /not that of/}, ending],
		'swapped',
	);
	const expired = await authority.issue({name: 'host-a', notAfter: new Date(now.getTime() - 60_000)});
	assertJudged(t, await judge('expired', expired, authority.certificate), [{state: 'fault', detail: /has expired/}, OK, ending], 'expired');
	const nothing = {certificate: path.join(directory, 'a'), key: path.join(directory, 'b'), ca: path.join(directory, 'c')};
	writeFileSync(nothing.ca, 'no PEM');
	chmodSync(nothing.ca, 0o600);
	assertJudged(
		t,
		judgeCertificate(await certificateFacts(nothing), {now}),
		[
			{state: 'fault', detail: /ENOENT/},
			{state: 'fault', detail: /ENOENT/},
			{state: 'fault', detail: /no certificate in it/},
		],
		'nothing there',
	);
});
