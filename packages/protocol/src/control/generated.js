// Generated from proto/control.proto by scripts/generate-protocol.mjs: do not edit.
import $protobuf from "protobufjs/minimal.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["sterna"] || ($protobuf.roots["sterna"] = {});

export const sterna = $root.sterna = (() => {

	const sterna = {};

	sterna.control = (function() {

		const control = {};

		control.ClientFrame = (function() {

			const ClientFrame = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ClientFrame.prototype.request = 0;
			ClientFrame.prototype.hello = null;
			ClientFrame.prototype.cancel = null;
			ClientFrame.prototype.start = null;
			ClientFrame.prototype.command = null;
			ClientFrame.prototype.status = null;
			ClientFrame.prototype.watch = null;
			ClientFrame.prototype.domainList = null;
			ClientFrame.prototype.domainCreate = null;
			ClientFrame.prototype.domainCommand = null;
			ClientFrame.prototype.domainOutput = null;
			ClientFrame.prototype.save = null;
			ClientFrame.prototype.restore = null;
			ClientFrame.prototype.hosts = null;
			ClientFrame.prototype.set = null;
			ClientFrame.prototype.resolve = null;
			ClientFrame.prototype.domainAdopt = null;
			ClientFrame.prototype.domainConsole = null;
			ClientFrame.prototype.protect = null;
			ClientFrame.prototype.unprotect = null;
			ClientFrame.prototype.failover = null;
			ClientFrame.prototype.protections = null;
			ClientFrame.prototype.forecast = null;
			ClientFrame.prototype.history = null;
			ClientFrame.prototype.record = null;
			ClientFrame.prototype.doctor = null;
			ClientFrame.prototype.streamData = null;
			ClientFrame.prototype.prepare = null;
			ClientFrame.prototype.go = null;
			ClientFrame.prototype.peerAbort = null;
			ClientFrame.prototype.outcome = null;
			ClientFrame.prototype.resume = null;
			ClientFrame.prototype.pageHashes = null;
			ClientFrame.prototype.peerConsole = null;
			ClientFrame.prototype.diskStream = null;
			ClientFrame.prototype.standby = null;
			ClientFrame.prototype.standbyEnd = null;
			ClientFrame.prototype.standbyQuery = null;
			ClientFrame.prototype.linkProbe = null;
			ClientFrame.prototype.peerRecord = null;
			ClientFrame.prototype.peerDoctor = null;
			ClientFrame.prototype.clock = null;

			let $oneOfFields;

			$Object.defineProperty(ClientFrame.prototype, "body", {
				get: $util.oneOfGetter($oneOfFields = ["hello", "cancel", "start", "command", "status", "watch", "domainList", "domainCreate", "domainCommand", "domainOutput", "save", "restore", "hosts", "set", "resolve", "domainAdopt", "domainConsole", "protect", "unprotect", "failover", "protections", "forecast", "history", "record", "doctor", "streamData", "prepare", "go", "peerAbort", "outcome", "resume", "pageHashes", "peerConsole", "diskStream", "standby", "standbyEnd", "standbyQuery", "linkProbe", "peerRecord", "peerDoctor", "clock"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			ClientFrame.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
					writer.uint32(8).uint32(message.request);
				if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
					$root.sterna.control.Hello.encode(message.hello, writer.uint32(18).fork(), _depth + 1).ldelim();
				if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
					$root.sterna.control.Cancel.encode(message.cancel, writer.uint32(26).fork(), _depth + 1).ldelim();
				if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
					$root.sterna.control.StartRequest.encode(message.start, writer.uint32(82).fork(), _depth + 1).ldelim();
				if (message.command != null && $Object.hasOwnProperty.call(message, "command"))
					$root.sterna.control.MigrationCommand.encode(message.command, writer.uint32(90).fork(), _depth + 1).ldelim();
				if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
					$root.sterna.control.StatusRequest.encode(message.status, writer.uint32(98).fork(), _depth + 1).ldelim();
				if (message.watch != null && $Object.hasOwnProperty.call(message, "watch"))
					$root.sterna.control.WatchRequest.encode(message.watch, writer.uint32(106).fork(), _depth + 1).ldelim();
				if (message.domainList != null && $Object.hasOwnProperty.call(message, "domainList"))
					$root.sterna.control.DomainListRequest.encode(message.domainList, writer.uint32(114).fork(), _depth + 1).ldelim();
				if (message.domainCreate != null && $Object.hasOwnProperty.call(message, "domainCreate"))
					$root.sterna.control.DomainCreateRequest.encode(message.domainCreate, writer.uint32(122).fork(), _depth + 1).ldelim();
				if (message.domainCommand != null && $Object.hasOwnProperty.call(message, "domainCommand"))
					$root.sterna.control.DomainCommand.encode(message.domainCommand, writer.uint32(130).fork(), _depth + 1).ldelim();
				if (message.domainOutput != null && $Object.hasOwnProperty.call(message, "domainOutput"))
					$root.sterna.control.DomainOutputRequest.encode(message.domainOutput, writer.uint32(138).fork(), _depth + 1).ldelim();
				if (message.save != null && $Object.hasOwnProperty.call(message, "save"))
					$root.sterna.control.SaveRequest.encode(message.save, writer.uint32(146).fork(), _depth + 1).ldelim();
				if (message.restore != null && $Object.hasOwnProperty.call(message, "restore"))
					$root.sterna.control.RestoreRequest.encode(message.restore, writer.uint32(154).fork(), _depth + 1).ldelim();
				if (message.hosts != null && $Object.hasOwnProperty.call(message, "hosts"))
					$root.sterna.control.HostsRequest.encode(message.hosts, writer.uint32(162).fork(), _depth + 1).ldelim();
				if (message.set != null && $Object.hasOwnProperty.call(message, "set"))
					$root.sterna.control.SetRequest.encode(message.set, writer.uint32(170).fork(), _depth + 1).ldelim();
				if (message.resolve != null && $Object.hasOwnProperty.call(message, "resolve"))
					$root.sterna.control.ResolveRequest.encode(message.resolve, writer.uint32(178).fork(), _depth + 1).ldelim();
				if (message.domainAdopt != null && $Object.hasOwnProperty.call(message, "domainAdopt"))
					$root.sterna.control.DomainAdoptRequest.encode(message.domainAdopt, writer.uint32(186).fork(), _depth + 1).ldelim();
				if (message.streamData != null && $Object.hasOwnProperty.call(message, "streamData"))
					$root.sterna.control.StreamData.encode(message.streamData, writer.uint32(194).fork(), _depth + 1).ldelim();
				if (message.domainConsole != null && $Object.hasOwnProperty.call(message, "domainConsole"))
					$root.sterna.control.DomainConsoleRequest.encode(message.domainConsole, writer.uint32(202).fork(), _depth + 1).ldelim();
				if (message.protect != null && $Object.hasOwnProperty.call(message, "protect"))
					$root.sterna.control.ProtectRequest.encode(message.protect, writer.uint32(210).fork(), _depth + 1).ldelim();
				if (message.unprotect != null && $Object.hasOwnProperty.call(message, "unprotect"))
					$root.sterna.control.UnprotectRequest.encode(message.unprotect, writer.uint32(218).fork(), _depth + 1).ldelim();
				if (message.failover != null && $Object.hasOwnProperty.call(message, "failover"))
					$root.sterna.control.FailoverRequest.encode(message.failover, writer.uint32(226).fork(), _depth + 1).ldelim();
				if (message.protections != null && $Object.hasOwnProperty.call(message, "protections"))
					$root.sterna.control.ProtectionsRequest.encode(message.protections, writer.uint32(234).fork(), _depth + 1).ldelim();
				if (message.forecast != null && $Object.hasOwnProperty.call(message, "forecast"))
					$root.sterna.control.ForecastRequest.encode(message.forecast, writer.uint32(242).fork(), _depth + 1).ldelim();
				if (message.history != null && $Object.hasOwnProperty.call(message, "history"))
					$root.sterna.control.HistoryRequest.encode(message.history, writer.uint32(250).fork(), _depth + 1).ldelim();
				if (message.record != null && $Object.hasOwnProperty.call(message, "record"))
					$root.sterna.control.RecordRequest.encode(message.record, writer.uint32(258).fork(), _depth + 1).ldelim();
				if (message.doctor != null && $Object.hasOwnProperty.call(message, "doctor"))
					$root.sterna.control.DoctorRequest.encode(message.doctor, writer.uint32(266).fork(), _depth + 1).ldelim();
				if (message.prepare != null && $Object.hasOwnProperty.call(message, "prepare"))
					$root.sterna.control.PrepareRequest.encode(message.prepare, writer.uint32(322).fork(), _depth + 1).ldelim();
				if (message.go != null && $Object.hasOwnProperty.call(message, "go"))
					$root.sterna.control.GoRequest.encode(message.go, writer.uint32(330).fork(), _depth + 1).ldelim();
				if (message.peerAbort != null && $Object.hasOwnProperty.call(message, "peerAbort"))
					$root.sterna.control.PeerAbort.encode(message.peerAbort, writer.uint32(338).fork(), _depth + 1).ldelim();
				if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
					$root.sterna.control.OutcomeQuery.encode(message.outcome, writer.uint32(346).fork(), _depth + 1).ldelim();
				if (message.resume != null && $Object.hasOwnProperty.call(message, "resume"))
					$root.sterna.control.ResumeRequest.encode(message.resume, writer.uint32(354).fork(), _depth + 1).ldelim();
				if (message.pageHashes != null && $Object.hasOwnProperty.call(message, "pageHashes"))
					$root.sterna.control.PageHashesRequest.encode(message.pageHashes, writer.uint32(362).fork(), _depth + 1).ldelim();
				if (message.peerConsole != null && $Object.hasOwnProperty.call(message, "peerConsole"))
					$root.sterna.control.PeerConsoleRequest.encode(message.peerConsole, writer.uint32(370).fork(), _depth + 1).ldelim();
				if (message.diskStream != null && $Object.hasOwnProperty.call(message, "diskStream"))
					$root.sterna.control.DiskStreamRequest.encode(message.diskStream, writer.uint32(378).fork(), _depth + 1).ldelim();
				if (message.standby != null && $Object.hasOwnProperty.call(message, "standby"))
					$root.sterna.control.StandbyRequest.encode(message.standby, writer.uint32(386).fork(), _depth + 1).ldelim();
				if (message.standbyEnd != null && $Object.hasOwnProperty.call(message, "standbyEnd"))
					$root.sterna.control.StandbyEnd.encode(message.standbyEnd, writer.uint32(394).fork(), _depth + 1).ldelim();
				if (message.standbyQuery != null && $Object.hasOwnProperty.call(message, "standbyQuery"))
					$root.sterna.control.StandbyQuery.encode(message.standbyQuery, writer.uint32(402).fork(), _depth + 1).ldelim();
				if (message.linkProbe != null && $Object.hasOwnProperty.call(message, "linkProbe"))
					$root.sterna.control.LinkProbeRequest.encode(message.linkProbe, writer.uint32(410).fork(), _depth + 1).ldelim();
				if (message.peerRecord != null && $Object.hasOwnProperty.call(message, "peerRecord"))
					$root.sterna.control.PeerRecordRequest.encode(message.peerRecord, writer.uint32(418).fork(), _depth + 1).ldelim();
				if (message.peerDoctor != null && $Object.hasOwnProperty.call(message, "peerDoctor"))
					$root.sterna.control.PeerDoctorRequest.encode(message.peerDoctor, writer.uint32(426).fork(), _depth + 1).ldelim();
				if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
					$root.sterna.control.ClockRequest.encode(message.clock, writer.uint32(434).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ClientFrame.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ClientFrame();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.request = value;
							else
								delete message.request;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							message.hello = $root.sterna.control.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
							message.body = "hello";
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							message.cancel = $root.sterna.control.Cancel.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
							message.body = "cancel";
							continue;
						}
					case 10: {
							if (wireType !== 2)
								break;
							message.start = $root.sterna.control.StartRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
							message.body = "start";
							continue;
						}
					case 11: {
							if (wireType !== 2)
								break;
							message.command = $root.sterna.control.MigrationCommand.decode(reader, reader.size(), $undefined, _depth + 1, message.command);
							message.body = "command";
							continue;
						}
					case 12: {
							if (wireType !== 2)
								break;
							message.status = $root.sterna.control.StatusRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
							message.body = "status";
							continue;
						}
					case 13: {
							if (wireType !== 2)
								break;
							message.watch = $root.sterna.control.WatchRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.watch);
							message.body = "watch";
							continue;
						}
					case 14: {
							if (wireType !== 2)
								break;
							message.domainList = $root.sterna.control.DomainListRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainList);
							message.body = "domainList";
							continue;
						}
					case 15: {
							if (wireType !== 2)
								break;
							message.domainCreate = $root.sterna.control.DomainCreateRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainCreate);
							message.body = "domainCreate";
							continue;
						}
					case 16: {
							if (wireType !== 2)
								break;
							message.domainCommand = $root.sterna.control.DomainCommand.decode(reader, reader.size(), $undefined, _depth + 1, message.domainCommand);
							message.body = "domainCommand";
							continue;
						}
					case 17: {
							if (wireType !== 2)
								break;
							message.domainOutput = $root.sterna.control.DomainOutputRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainOutput);
							message.body = "domainOutput";
							continue;
						}
					case 18: {
							if (wireType !== 2)
								break;
							message.save = $root.sterna.control.SaveRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.save);
							message.body = "save";
							continue;
						}
					case 19: {
							if (wireType !== 2)
								break;
							message.restore = $root.sterna.control.RestoreRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.restore);
							message.body = "restore";
							continue;
						}
					case 20: {
							if (wireType !== 2)
								break;
							message.hosts = $root.sterna.control.HostsRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.hosts);
							message.body = "hosts";
							continue;
						}
					case 21: {
							if (wireType !== 2)
								break;
							message.set = $root.sterna.control.SetRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.set);
							message.body = "set";
							continue;
						}
					case 22: {
							if (wireType !== 2)
								break;
							message.resolve = $root.sterna.control.ResolveRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.resolve);
							message.body = "resolve";
							continue;
						}
					case 23: {
							if (wireType !== 2)
								break;
							message.domainAdopt = $root.sterna.control.DomainAdoptRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainAdopt);
							message.body = "domainAdopt";
							continue;
						}
					case 25: {
							if (wireType !== 2)
								break;
							message.domainConsole = $root.sterna.control.DomainConsoleRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.domainConsole);
							message.body = "domainConsole";
							continue;
						}
					case 26: {
							if (wireType !== 2)
								break;
							message.protect = $root.sterna.control.ProtectRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.protect);
							message.body = "protect";
							continue;
						}
					case 27: {
							if (wireType !== 2)
								break;
							message.unprotect = $root.sterna.control.UnprotectRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.unprotect);
							message.body = "unprotect";
							continue;
						}
					case 28: {
							if (wireType !== 2)
								break;
							message.failover = $root.sterna.control.FailoverRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.failover);
							message.body = "failover";
							continue;
						}
					case 29: {
							if (wireType !== 2)
								break;
							message.protections = $root.sterna.control.ProtectionsRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.protections);
							message.body = "protections";
							continue;
						}
					case 30: {
							if (wireType !== 2)
								break;
							message.forecast = $root.sterna.control.ForecastRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.forecast);
							message.body = "forecast";
							continue;
						}
					case 31: {
							if (wireType !== 2)
								break;
							message.history = $root.sterna.control.HistoryRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.history);
							message.body = "history";
							continue;
						}
					case 32: {
							if (wireType !== 2)
								break;
							message.record = $root.sterna.control.RecordRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.record);
							message.body = "record";
							continue;
						}
					case 33: {
							if (wireType !== 2)
								break;
							message.doctor = $root.sterna.control.DoctorRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.doctor);
							message.body = "doctor";
							continue;
						}
					case 24: {
							if (wireType !== 2)
								break;
							message.streamData = $root.sterna.control.StreamData.decode(reader, reader.size(), $undefined, _depth + 1, message.streamData);
							message.body = "streamData";
							continue;
						}
					case 40: {
							if (wireType !== 2)
								break;
							message.prepare = $root.sterna.control.PrepareRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.prepare);
							message.body = "prepare";
							continue;
						}
					case 41: {
							if (wireType !== 2)
								break;
							message.go = $root.sterna.control.GoRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.go);
							message.body = "go";
							continue;
						}
					case 42: {
							if (wireType !== 2)
								break;
							message.peerAbort = $root.sterna.control.PeerAbort.decode(reader, reader.size(), $undefined, _depth + 1, message.peerAbort);
							message.body = "peerAbort";
							continue;
						}
					case 43: {
							if (wireType !== 2)
								break;
							message.outcome = $root.sterna.control.OutcomeQuery.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
							message.body = "outcome";
							continue;
						}
					case 44: {
							if (wireType !== 2)
								break;
							message.resume = $root.sterna.control.ResumeRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.resume);
							message.body = "resume";
							continue;
						}
					case 45: {
							if (wireType !== 2)
								break;
							message.pageHashes = $root.sterna.control.PageHashesRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.pageHashes);
							message.body = "pageHashes";
							continue;
						}
					case 46: {
							if (wireType !== 2)
								break;
							message.peerConsole = $root.sterna.control.PeerConsoleRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.peerConsole);
							message.body = "peerConsole";
							continue;
						}
					case 47: {
							if (wireType !== 2)
								break;
							message.diskStream = $root.sterna.control.DiskStreamRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.diskStream);
							message.body = "diskStream";
							continue;
						}
					case 48: {
							if (wireType !== 2)
								break;
							message.standby = $root.sterna.control.StandbyRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.standby);
							message.body = "standby";
							continue;
						}
					case 49: {
							if (wireType !== 2)
								break;
							message.standbyEnd = $root.sterna.control.StandbyEnd.decode(reader, reader.size(), $undefined, _depth + 1, message.standbyEnd);
							message.body = "standbyEnd";
							continue;
						}
					case 50: {
							if (wireType !== 2)
								break;
							message.standbyQuery = $root.sterna.control.StandbyQuery.decode(reader, reader.size(), $undefined, _depth + 1, message.standbyQuery);
							message.body = "standbyQuery";
							continue;
						}
					case 51: {
							if (wireType !== 2)
								break;
							message.linkProbe = $root.sterna.control.LinkProbeRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.linkProbe);
							message.body = "linkProbe";
							continue;
						}
					case 52: {
							if (wireType !== 2)
								break;
							message.peerRecord = $root.sterna.control.PeerRecordRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.peerRecord);
							message.body = "peerRecord";
							continue;
						}
					case 53: {
							if (wireType !== 2)
								break;
							message.peerDoctor = $root.sterna.control.PeerDoctorRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.peerDoctor);
							message.body = "peerDoctor";
							continue;
						}
					case 54: {
							if (wireType !== 2)
								break;
							message.clock = $root.sterna.control.ClockRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.clock);
							message.body = "clock";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ClientFrame;
		})();

		control.ServerFrame = (function() {

			const ServerFrame = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ServerFrame.prototype.request = 0;
			ServerFrame.prototype.last = false;
			ServerFrame.prototype.hello = null;
			ServerFrame.prototype.fault = null;
			ServerFrame.prototype.done = null;
			ServerFrame.prototype.migration = null;
			ServerFrame.prototype.result = null;
			ServerFrame.prototype.status = null;
			ServerFrame.prototype.domainList = null;
			ServerFrame.prototype.domain = null;
			ServerFrame.prototype.output = null;
			ServerFrame.prototype.checked = null;
			ServerFrame.prototype.restored = null;
			ServerFrame.prototype.hosts = null;
			ServerFrame.prototype.resolved = null;
			ServerFrame.prototype.domainAdopted = null;
			ServerFrame.prototype.streamData = null;
			ServerFrame.prototype.consoleNote = null;
			ServerFrame.prototype.protection = null;
			ServerFrame.prototype.protections = null;
			ServerFrame.prototype.failedOver = null;
			ServerFrame.prototype.forecast = null;
			ServerFrame.prototype.history = null;
			ServerFrame.prototype.recordPart = null;
			ServerFrame.prototype.doctor = null;
			ServerFrame.prototype.prepared = null;
			ServerFrame.prototype.ready = null;
			ServerFrame.prototype.running = null;
			ServerFrame.prototype.receiverProgress = null;
			ServerFrame.prototype.outcome = null;
			ServerFrame.prototype.pageHashes = null;
			ServerFrame.prototype.consoleMoved = null;
			ServerFrame.prototype.standbyPrepared = null;
			ServerFrame.prototype.standbyEvent = null;
			ServerFrame.prototype.standbyState = null;
			ServerFrame.prototype.clock = null;

			let $oneOfFields;

			$Object.defineProperty(ServerFrame.prototype, "body", {
				get: $util.oneOfGetter($oneOfFields = ["hello", "fault", "done", "migration", "result", "status", "domainList", "domain", "output", "checked", "restored", "hosts", "resolved", "domainAdopted", "streamData", "consoleNote", "protection", "protections", "failedOver", "forecast", "history", "recordPart", "doctor", "prepared", "ready", "running", "receiverProgress", "outcome", "pageHashes", "consoleMoved", "standbyPrepared", "standbyEvent", "standbyState", "clock"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			ServerFrame.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== 0)
					writer.uint32(8).uint32(message.request);
				if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
					$root.sterna.control.Hello.encode(message.hello, writer.uint32(18).fork(), _depth + 1).ldelim();
				if (message.fault != null && $Object.hasOwnProperty.call(message, "fault"))
					$root.sterna.control.Fault.encode(message.fault, writer.uint32(26).fork(), _depth + 1).ldelim();
				if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
					$root.sterna.control.Done.encode(message.done, writer.uint32(34).fork(), _depth + 1).ldelim();
				if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
					writer.uint32(72).bool(message.last);
				if (message.migration != null && $Object.hasOwnProperty.call(message, "migration"))
					$root.sterna.control.MigrationStatus.encode(message.migration, writer.uint32(82).fork(), _depth + 1).ldelim();
				if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
					$root.sterna.control.MigrationResult.encode(message.result, writer.uint32(90).fork(), _depth + 1).ldelim();
				if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
					$root.sterna.control.StatusReply.encode(message.status, writer.uint32(98).fork(), _depth + 1).ldelim();
				if (message.domainList != null && $Object.hasOwnProperty.call(message, "domainList"))
					$root.sterna.control.DomainListReply.encode(message.domainList, writer.uint32(114).fork(), _depth + 1).ldelim();
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
					$root.sterna.control.DomainReply.encode(message.domain, writer.uint32(122).fork(), _depth + 1).ldelim();
				if (message.output != null && $Object.hasOwnProperty.call(message, "output"))
					$root.sterna.control.OutputChunk.encode(message.output, writer.uint32(138).fork(), _depth + 1).ldelim();
				if (message.checked != null && $Object.hasOwnProperty.call(message, "checked"))
					$root.sterna.control.CheckReply.encode(message.checked, writer.uint32(146).fork(), _depth + 1).ldelim();
				if (message.restored != null && $Object.hasOwnProperty.call(message, "restored"))
					$root.sterna.control.RestoreResult.encode(message.restored, writer.uint32(154).fork(), _depth + 1).ldelim();
				if (message.hosts != null && $Object.hasOwnProperty.call(message, "hosts"))
					$root.sterna.control.HostsReply.encode(message.hosts, writer.uint32(162).fork(), _depth + 1).ldelim();
				if (message.resolved != null && $Object.hasOwnProperty.call(message, "resolved"))
					$root.sterna.control.ResolveReply.encode(message.resolved, writer.uint32(170).fork(), _depth + 1).ldelim();
				if (message.domainAdopted != null && $Object.hasOwnProperty.call(message, "domainAdopted"))
					$root.sterna.control.DomainAdoptReply.encode(message.domainAdopted, writer.uint32(178).fork(), _depth + 1).ldelim();
				if (message.streamData != null && $Object.hasOwnProperty.call(message, "streamData"))
					$root.sterna.control.StreamData.encode(message.streamData, writer.uint32(194).fork(), _depth + 1).ldelim();
				if (message.consoleNote != null && $Object.hasOwnProperty.call(message, "consoleNote"))
					$root.sterna.control.ConsoleNote.encode(message.consoleNote, writer.uint32(202).fork(), _depth + 1).ldelim();
				if (message.protection != null && $Object.hasOwnProperty.call(message, "protection"))
					$root.sterna.control.ProtectionStatus.encode(message.protection, writer.uint32(210).fork(), _depth + 1).ldelim();
				if (message.protections != null && $Object.hasOwnProperty.call(message, "protections"))
					$root.sterna.control.ProtectionsReply.encode(message.protections, writer.uint32(218).fork(), _depth + 1).ldelim();
				if (message.failedOver != null && $Object.hasOwnProperty.call(message, "failedOver"))
					$root.sterna.control.FailoverReply.encode(message.failedOver, writer.uint32(226).fork(), _depth + 1).ldelim();
				if (message.forecast != null && $Object.hasOwnProperty.call(message, "forecast"))
					$root.sterna.control.ForecastReply.encode(message.forecast, writer.uint32(234).fork(), _depth + 1).ldelim();
				if (message.history != null && $Object.hasOwnProperty.call(message, "history"))
					$root.sterna.control.HistoryReply.encode(message.history, writer.uint32(242).fork(), _depth + 1).ldelim();
				if (message.recordPart != null && $Object.hasOwnProperty.call(message, "recordPart"))
					$root.sterna.control.RecordPart.encode(message.recordPart, writer.uint32(250).fork(), _depth + 1).ldelim();
				if (message.doctor != null && $Object.hasOwnProperty.call(message, "doctor"))
					$root.sterna.control.DoctorReply.encode(message.doctor, writer.uint32(258).fork(), _depth + 1).ldelim();
				if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared"))
					$root.sterna.control.PrepareReply.encode(message.prepared, writer.uint32(322).fork(), _depth + 1).ldelim();
				if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
					$root.sterna.control.ReadyEvent.encode(message.ready, writer.uint32(330).fork(), _depth + 1).ldelim();
				if (message.running != null && $Object.hasOwnProperty.call(message, "running"))
					$root.sterna.control.RunningReply.encode(message.running, writer.uint32(338).fork(), _depth + 1).ldelim();
				if (message.receiverProgress != null && $Object.hasOwnProperty.call(message, "receiverProgress"))
					$root.sterna.control.ReceiverProgress.encode(message.receiverProgress, writer.uint32(346).fork(), _depth + 1).ldelim();
				if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
					$root.sterna.control.OutcomeReply.encode(message.outcome, writer.uint32(354).fork(), _depth + 1).ldelim();
				if (message.pageHashes != null && $Object.hasOwnProperty.call(message, "pageHashes"))
					$root.sterna.control.PageHashesReply.encode(message.pageHashes, writer.uint32(362).fork(), _depth + 1).ldelim();
				if (message.consoleMoved != null && $Object.hasOwnProperty.call(message, "consoleMoved"))
					$root.sterna.control.ConsoleMoved.encode(message.consoleMoved, writer.uint32(370).fork(), _depth + 1).ldelim();
				if (message.standbyPrepared != null && $Object.hasOwnProperty.call(message, "standbyPrepared"))
					$root.sterna.control.StandbyReply.encode(message.standbyPrepared, writer.uint32(378).fork(), _depth + 1).ldelim();
				if (message.standbyEvent != null && $Object.hasOwnProperty.call(message, "standbyEvent"))
					$root.sterna.control.StandbyEvent.encode(message.standbyEvent, writer.uint32(386).fork(), _depth + 1).ldelim();
				if (message.standbyState != null && $Object.hasOwnProperty.call(message, "standbyState"))
					$root.sterna.control.StandbyState.encode(message.standbyState, writer.uint32(394).fork(), _depth + 1).ldelim();
				if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
					$root.sterna.control.ClockReply.encode(message.clock, writer.uint32(426).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ServerFrame.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ServerFrame();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.request = value;
							else
								delete message.request;
							continue;
						}
					case 9: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.last = value;
							else
								delete message.last;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							message.hello = $root.sterna.control.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
							message.body = "hello";
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							message.fault = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.fault);
							message.body = "fault";
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							message.done = $root.sterna.control.Done.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
							message.body = "done";
							continue;
						}
					case 10: {
							if (wireType !== 2)
								break;
							message.migration = $root.sterna.control.MigrationStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.migration);
							message.body = "migration";
							continue;
						}
					case 11: {
							if (wireType !== 2)
								break;
							message.result = $root.sterna.control.MigrationResult.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
							message.body = "result";
							continue;
						}
					case 12: {
							if (wireType !== 2)
								break;
							message.status = $root.sterna.control.StatusReply.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
							message.body = "status";
							continue;
						}
					case 14: {
							if (wireType !== 2)
								break;
							message.domainList = $root.sterna.control.DomainListReply.decode(reader, reader.size(), $undefined, _depth + 1, message.domainList);
							message.body = "domainList";
							continue;
						}
					case 15: {
							if (wireType !== 2)
								break;
							message.domain = $root.sterna.control.DomainReply.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
							message.body = "domain";
							continue;
						}
					case 17: {
							if (wireType !== 2)
								break;
							message.output = $root.sterna.control.OutputChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.output);
							message.body = "output";
							continue;
						}
					case 18: {
							if (wireType !== 2)
								break;
							message.checked = $root.sterna.control.CheckReply.decode(reader, reader.size(), $undefined, _depth + 1, message.checked);
							message.body = "checked";
							continue;
						}
					case 19: {
							if (wireType !== 2)
								break;
							message.restored = $root.sterna.control.RestoreResult.decode(reader, reader.size(), $undefined, _depth + 1, message.restored);
							message.body = "restored";
							continue;
						}
					case 20: {
							if (wireType !== 2)
								break;
							message.hosts = $root.sterna.control.HostsReply.decode(reader, reader.size(), $undefined, _depth + 1, message.hosts);
							message.body = "hosts";
							continue;
						}
					case 21: {
							if (wireType !== 2)
								break;
							message.resolved = $root.sterna.control.ResolveReply.decode(reader, reader.size(), $undefined, _depth + 1, message.resolved);
							message.body = "resolved";
							continue;
						}
					case 22: {
							if (wireType !== 2)
								break;
							message.domainAdopted = $root.sterna.control.DomainAdoptReply.decode(reader, reader.size(), $undefined, _depth + 1, message.domainAdopted);
							message.body = "domainAdopted";
							continue;
						}
					case 24: {
							if (wireType !== 2)
								break;
							message.streamData = $root.sterna.control.StreamData.decode(reader, reader.size(), $undefined, _depth + 1, message.streamData);
							message.body = "streamData";
							continue;
						}
					case 25: {
							if (wireType !== 2)
								break;
							message.consoleNote = $root.sterna.control.ConsoleNote.decode(reader, reader.size(), $undefined, _depth + 1, message.consoleNote);
							message.body = "consoleNote";
							continue;
						}
					case 26: {
							if (wireType !== 2)
								break;
							message.protection = $root.sterna.control.ProtectionStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.protection);
							message.body = "protection";
							continue;
						}
					case 27: {
							if (wireType !== 2)
								break;
							message.protections = $root.sterna.control.ProtectionsReply.decode(reader, reader.size(), $undefined, _depth + 1, message.protections);
							message.body = "protections";
							continue;
						}
					case 28: {
							if (wireType !== 2)
								break;
							message.failedOver = $root.sterna.control.FailoverReply.decode(reader, reader.size(), $undefined, _depth + 1, message.failedOver);
							message.body = "failedOver";
							continue;
						}
					case 29: {
							if (wireType !== 2)
								break;
							message.forecast = $root.sterna.control.ForecastReply.decode(reader, reader.size(), $undefined, _depth + 1, message.forecast);
							message.body = "forecast";
							continue;
						}
					case 30: {
							if (wireType !== 2)
								break;
							message.history = $root.sterna.control.HistoryReply.decode(reader, reader.size(), $undefined, _depth + 1, message.history);
							message.body = "history";
							continue;
						}
					case 31: {
							if (wireType !== 2)
								break;
							message.recordPart = $root.sterna.control.RecordPart.decode(reader, reader.size(), $undefined, _depth + 1, message.recordPart);
							message.body = "recordPart";
							continue;
						}
					case 32: {
							if (wireType !== 2)
								break;
							message.doctor = $root.sterna.control.DoctorReply.decode(reader, reader.size(), $undefined, _depth + 1, message.doctor);
							message.body = "doctor";
							continue;
						}
					case 40: {
							if (wireType !== 2)
								break;
							message.prepared = $root.sterna.control.PrepareReply.decode(reader, reader.size(), $undefined, _depth + 1, message.prepared);
							message.body = "prepared";
							continue;
						}
					case 41: {
							if (wireType !== 2)
								break;
							message.ready = $root.sterna.control.ReadyEvent.decode(reader, reader.size(), $undefined, _depth + 1, message.ready);
							message.body = "ready";
							continue;
						}
					case 42: {
							if (wireType !== 2)
								break;
							message.running = $root.sterna.control.RunningReply.decode(reader, reader.size(), $undefined, _depth + 1, message.running);
							message.body = "running";
							continue;
						}
					case 43: {
							if (wireType !== 2)
								break;
							message.receiverProgress = $root.sterna.control.ReceiverProgress.decode(reader, reader.size(), $undefined, _depth + 1, message.receiverProgress);
							message.body = "receiverProgress";
							continue;
						}
					case 44: {
							if (wireType !== 2)
								break;
							message.outcome = $root.sterna.control.OutcomeReply.decode(reader, reader.size(), $undefined, _depth + 1, message.outcome);
							message.body = "outcome";
							continue;
						}
					case 45: {
							if (wireType !== 2)
								break;
							message.pageHashes = $root.sterna.control.PageHashesReply.decode(reader, reader.size(), $undefined, _depth + 1, message.pageHashes);
							message.body = "pageHashes";
							continue;
						}
					case 46: {
							if (wireType !== 2)
								break;
							message.consoleMoved = $root.sterna.control.ConsoleMoved.decode(reader, reader.size(), $undefined, _depth + 1, message.consoleMoved);
							message.body = "consoleMoved";
							continue;
						}
					case 47: {
							if (wireType !== 2)
								break;
							message.standbyPrepared = $root.sterna.control.StandbyReply.decode(reader, reader.size(), $undefined, _depth + 1, message.standbyPrepared);
							message.body = "standbyPrepared";
							continue;
						}
					case 48: {
							if (wireType !== 2)
								break;
							message.standbyEvent = $root.sterna.control.StandbyEvent.decode(reader, reader.size(), $undefined, _depth + 1, message.standbyEvent);
							message.body = "standbyEvent";
							continue;
						}
					case 49: {
							if (wireType !== 2)
								break;
							message.standbyState = $root.sterna.control.StandbyState.decode(reader, reader.size(), $undefined, _depth + 1, message.standbyState);
							message.body = "standbyState";
							continue;
						}
					case 53: {
							if (wireType !== 2)
								break;
							message.clock = $root.sterna.control.ClockReply.decode(reader, reader.size(), $undefined, _depth + 1, message.clock);
							message.body = "clock";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ServerFrame;
		})();

		control.Hello = (function() {

			const Hello = function (properties) {
				this.features = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			Hello.prototype.versionMin = 0;
			Hello.prototype.versionMax = 0;
			Hello.prototype.software = "";
			Hello.prototype.host = "";
			Hello.prototype.role = "";
			Hello.prototype.features = $util.emptyArray;

			Hello.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.versionMin != null && $Object.hasOwnProperty.call(message, "versionMin") && message.versionMin !== 0)
					writer.uint32(8).uint32(message.versionMin);
				if (message.versionMax != null && $Object.hasOwnProperty.call(message, "versionMax") && message.versionMax !== 0)
					writer.uint32(16).uint32(message.versionMax);
				if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
					writer.uint32(26).string(message.software);
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(34).string(message.host);
				if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
					writer.uint32(42).string(message.role);
				if (message.features != null && message.features.length)
					for (let i = 0; i < message.features.length; ++i)
						writer.uint32(50).string(message.features[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			Hello.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.Hello();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.versionMin = value;
							else
								delete message.versionMin;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.versionMax = value;
							else
								delete message.versionMax;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.software = value;
							else
								delete message.software;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.role = value;
							else
								delete message.role;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							if (!(message.features && message.features.length))
								message.features = [];
							message.features.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return Hello;
		})();

		control.Cancel = (function() {

			const Cancel = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			Cancel.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			Cancel.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.Cancel();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					reader.skipType(tag & 7, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return Cancel;
		})();

		control.Fault = (function() {

			const Fault = function (properties) {
				this.causes = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			Fault.prototype.code = "";
			Fault.prototype.message = "";
			Fault.prototype.side = "";
			Fault.prototype.phase = "";
			Fault.prototype.runsOnHost = "";
			Fault.prototype.runsOnKind = "";
			Fault.prototype.next = "";
			Fault.prototype.causes = $util.emptyArray;

			Fault.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
					writer.uint32(10).string(message.code);
				if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
					writer.uint32(18).string(message.message);
				if (message.side != null && $Object.hasOwnProperty.call(message, "side") && message.side !== "")
					writer.uint32(26).string(message.side);
				if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== "")
					writer.uint32(34).string(message.phase);
				if (message.runsOnHost != null && $Object.hasOwnProperty.call(message, "runsOnHost") && message.runsOnHost !== "")
					writer.uint32(42).string(message.runsOnHost);
				if (message.runsOnKind != null && $Object.hasOwnProperty.call(message, "runsOnKind") && message.runsOnKind !== "")
					writer.uint32(50).string(message.runsOnKind);
				if (message.next != null && $Object.hasOwnProperty.call(message, "next") && message.next !== "")
					writer.uint32(58).string(message.next);
				if (message.causes != null && message.causes.length)
					for (let i = 0; i < message.causes.length; ++i)
						writer.uint32(66).string(message.causes[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			Fault.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.Fault();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.code = value;
							else
								delete message.code;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.message = value;
							else
								delete message.message;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.side = value;
							else
								delete message.side;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.phase = value;
							else
								delete message.phase;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.runsOnHost = value;
							else
								delete message.runsOnHost;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.runsOnKind = value;
							else
								delete message.runsOnKind;
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.next = value;
							else
								delete message.next;
							continue;
						}
					case 8: {
							if (wireType !== 2)
								break;
							if (!(message.causes && message.causes.length))
								message.causes = [];
							message.causes.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return Fault;
		})();

		control.Done = (function() {

			const Done = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			Done.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			Done.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.Done();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					reader.skipType(tag & 7, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return Done;
		})();

		control.StreamData = (function() {

			const StreamData = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StreamData.prototype.data = $util.newBuffer([]);
			StreamData.prototype.end = false;
			StreamData.prototype.credit = 0;

			StreamData.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
					writer.uint32(10).bytes(message.data);
				if (message.end != null && $Object.hasOwnProperty.call(message, "end") && message.end !== false)
					writer.uint32(16).bool(message.end);
				if (message.credit != null && $Object.hasOwnProperty.call(message, "credit") && !$Object.is(message.credit, 0))
					writer.uint32(25).double(message.credit);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StreamData.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StreamData();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.bytes()).length)
								message.data = value;
							else
								delete message.data;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.end = value;
							else
								delete message.end;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.credit = value;
							else
								delete message.credit;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StreamData;
		})();

		control.StartRequest = (function() {

			const StartRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StartRequest.prototype.domain = "";
			StartRequest.prototype.host = "";
			StartRequest.prototype.detach = false;
			StartRequest.prototype.stream = "";
			StartRequest.prototype.tee = "";
			StartRequest.prototype.limits = null;
			StartRequest.prototype.paused = false;
			StartRequest.prototype.transfer = null;

			StartRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(18).string(message.host);
				if (message.detach != null && $Object.hasOwnProperty.call(message, "detach") && message.detach !== false)
					writer.uint32(24).bool(message.detach);
				if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
					writer.uint32(34).string(message.stream);
				if (message.tee != null && $Object.hasOwnProperty.call(message, "tee") && message.tee !== "")
					writer.uint32(42).string(message.tee);
				if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
					$root.sterna.control.PolicyLimits.encode(message.limits, writer.uint32(50).fork(), _depth + 1).ldelim();
				if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
					writer.uint32(56).bool(message.paused);
				if (message.transfer != null && $Object.hasOwnProperty.call(message, "transfer"))
					$root.sterna.control.TransferOptions.encode(message.transfer, writer.uint32(66).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StartRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StartRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.detach = value;
							else
								delete message.detach;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.stream = value;
							else
								delete message.stream;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.tee = value;
							else
								delete message.tee;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							message.limits = $root.sterna.control.PolicyLimits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
							continue;
						}
					case 7: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.paused = value;
							else
								delete message.paused;
							continue;
						}
					case 8: {
							if (wireType !== 2)
								break;
							message.transfer = $root.sterna.control.TransferOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.transfer);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StartRequest;
		})();

		control.TransferOptions = (function() {

			const TransferOptions = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			TransferOptions.prototype.channels = null;
			TransferOptions.prototype.compression = "";
			TransferOptions.prototype.deltaCacheBytes = null;
			TransferOptions.prototype.bandwidthBytesPerSecond = null;
			TransferOptions.prototype.downtimeBudgetMs = null;
			TransferOptions.prototype.proof = null;
			TransferOptions.prototype.reconnectMs = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(TransferOptions.prototype, "_channels", {
				get: $util.oneOfGetter($oneOfFields = ["channels"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(TransferOptions.prototype, "_deltaCacheBytes", {
				get: $util.oneOfGetter($oneOfFields = ["deltaCacheBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(TransferOptions.prototype, "_bandwidthBytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["bandwidthBytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(TransferOptions.prototype, "_downtimeBudgetMs", {
				get: $util.oneOfGetter($oneOfFields = ["downtimeBudgetMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(TransferOptions.prototype, "_proof", {
				get: $util.oneOfGetter($oneOfFields = ["proof"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(TransferOptions.prototype, "_reconnectMs", {
				get: $util.oneOfGetter($oneOfFields = ["reconnectMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			TransferOptions.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.channels != null && $Object.hasOwnProperty.call(message, "channels"))
					writer.uint32(8).uint32(message.channels);
				if (message.compression != null && $Object.hasOwnProperty.call(message, "compression") && message.compression !== "")
					writer.uint32(18).string(message.compression);
				if (message.deltaCacheBytes != null && $Object.hasOwnProperty.call(message, "deltaCacheBytes"))
					writer.uint32(25).double(message.deltaCacheBytes);
				if (message.bandwidthBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthBytesPerSecond"))
					writer.uint32(33).double(message.bandwidthBytesPerSecond);
				if (message.downtimeBudgetMs != null && $Object.hasOwnProperty.call(message, "downtimeBudgetMs"))
					writer.uint32(41).double(message.downtimeBudgetMs);
				if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
					writer.uint32(50).string(message.proof);
				if (message.reconnectMs != null && $Object.hasOwnProperty.call(message, "reconnectMs"))
					writer.uint32(57).double(message.reconnectMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			TransferOptions.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.TransferOptions();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							message.channels = reader.uint32();
							message._channels = "channels";
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.compression = value;
							else
								delete message.compression;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							message.deltaCacheBytes = reader.double();
							message._deltaCacheBytes = "deltaCacheBytes";
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							message.bandwidthBytesPerSecond = reader.double();
							message._bandwidthBytesPerSecond = "bandwidthBytesPerSecond";
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							message.downtimeBudgetMs = reader.double();
							message._downtimeBudgetMs = "downtimeBudgetMs";
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							message.proof = reader.stringVerify();
							message._proof = "proof";
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							message.reconnectMs = reader.double();
							message._reconnectMs = "reconnectMs";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return TransferOptions;
		})();

		control.PolicyLimits = (function() {

			const PolicyLimits = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PolicyLimits.prototype.maxIterations = null;
			PolicyLimits.prototype.dirtyThresholdPages = null;
			PolicyLimits.prototype.maxDowntimeMs = null;
			PolicyLimits.prototype.deadlineMs = null;
			PolicyLimits.prototype.onDeadline = null;
			PolicyLimits.prototype.onStall = null;
			PolicyLimits.prototype.policy = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_maxIterations", {
				get: $util.oneOfGetter($oneOfFields = ["maxIterations"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_dirtyThresholdPages", {
				get: $util.oneOfGetter($oneOfFields = ["dirtyThresholdPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_maxDowntimeMs", {
				get: $util.oneOfGetter($oneOfFields = ["maxDowntimeMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_deadlineMs", {
				get: $util.oneOfGetter($oneOfFields = ["deadlineMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_onDeadline", {
				get: $util.oneOfGetter($oneOfFields = ["onDeadline"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_onStall", {
				get: $util.oneOfGetter($oneOfFields = ["onStall"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PolicyLimits.prototype, "_policy", {
				get: $util.oneOfGetter($oneOfFields = ["policy"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			PolicyLimits.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.maxIterations != null && $Object.hasOwnProperty.call(message, "maxIterations"))
					writer.uint32(8).uint32(message.maxIterations);
				if (message.dirtyThresholdPages != null && $Object.hasOwnProperty.call(message, "dirtyThresholdPages"))
					writer.uint32(16).uint32(message.dirtyThresholdPages);
				if (message.maxDowntimeMs != null && $Object.hasOwnProperty.call(message, "maxDowntimeMs"))
					writer.uint32(25).double(message.maxDowntimeMs);
				if (message.deadlineMs != null && $Object.hasOwnProperty.call(message, "deadlineMs"))
					writer.uint32(33).double(message.deadlineMs);
				if (message.onDeadline != null && $Object.hasOwnProperty.call(message, "onDeadline"))
					writer.uint32(42).string(message.onDeadline);
				if (message.onStall != null && $Object.hasOwnProperty.call(message, "onStall"))
					writer.uint32(50).string(message.onStall);
				if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
					writer.uint32(58).string(message.policy);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PolicyLimits.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PolicyLimits();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							message.maxIterations = reader.uint32();
							message._maxIterations = "maxIterations";
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							message.dirtyThresholdPages = reader.uint32();
							message._dirtyThresholdPages = "dirtyThresholdPages";
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							message.maxDowntimeMs = reader.double();
							message._maxDowntimeMs = "maxDowntimeMs";
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							message.deadlineMs = reader.double();
							message._deadlineMs = "deadlineMs";
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							message.onDeadline = reader.stringVerify();
							message._onDeadline = "onDeadline";
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							message.onStall = reader.stringVerify();
							message._onStall = "onStall";
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							message.policy = reader.stringVerify();
							message._policy = "policy";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PolicyLimits;
		})();

		control.MigrationCommand = (function() {

			const MigrationCommand = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			MigrationCommand.prototype.id = "";
			MigrationCommand.prototype.action = 0;

			MigrationCommand.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== 0)
					writer.uint32(16).int32(message.action);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			MigrationCommand.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.MigrationCommand();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.int32())
								message.action = value;
							else
								delete message.action;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			MigrationCommand.Action = (function() {
				const valuesById = $Object.create(null), values = $Object.create(valuesById);
				values[valuesById[0] = "NONE"] = 0;
				values[valuesById[1] = "ABORT"] = 1;
				values[valuesById[2] = "STOP_AND_COPY"] = 2;
				values[valuesById[3] = "PAUSE"] = 3;
				values[valuesById[4] = "CONTINUE"] = 4;
				return values;
			})();

			return MigrationCommand;
		})();

		control.SetRequest = (function() {

			const SetRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			SetRequest.prototype.id = "";
			SetRequest.prototype.bandwidthBytesPerSecond = null;
			SetRequest.prototype.limits = null;
			SetRequest.prototype.downtimeBudgetMs = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(SetRequest.prototype, "_bandwidthBytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["bandwidthBytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(SetRequest.prototype, "_downtimeBudgetMs", {
				get: $util.oneOfGetter($oneOfFields = ["downtimeBudgetMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			SetRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.bandwidthBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthBytesPerSecond"))
					writer.uint32(17).double(message.bandwidthBytesPerSecond);
				if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
					$root.sterna.control.PolicyLimits.encode(message.limits, writer.uint32(26).fork(), _depth + 1).ldelim();
				if (message.downtimeBudgetMs != null && $Object.hasOwnProperty.call(message, "downtimeBudgetMs"))
					writer.uint32(33).double(message.downtimeBudgetMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			SetRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.SetRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							message.bandwidthBytesPerSecond = reader.double();
							message._bandwidthBytesPerSecond = "bandwidthBytesPerSecond";
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							message.limits = $root.sterna.control.PolicyLimits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							message.downtimeBudgetMs = reader.double();
							message._downtimeBudgetMs = "downtimeBudgetMs";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return SetRequest;
		})();

		control.ResolveRequest = (function() {

			const ResolveRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ResolveRequest.prototype.domain = "";
			ResolveRequest.prototype.force = "";

			ResolveRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.force != null && $Object.hasOwnProperty.call(message, "force") && message.force !== "")
					writer.uint32(18).string(message.force);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ResolveRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ResolveRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.force = value;
							else
								delete message.force;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ResolveRequest;
		})();

		control.ResolveReply = (function() {

			const ResolveReply = function (properties) {
				this.choices = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ResolveReply.prototype.domain = "";
			ResolveReply.prototype.role = "";
			ResolveReply.prototype.step = "";
			ResolveReply.prototype.peer = "";
			ResolveReply.prototype.peerSays = "";
			ResolveReply.prototype.runsOn = "";
			ResolveReply.prototype.done = "";
			ResolveReply.prototype.choices = $util.emptyArray;

			ResolveReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
					writer.uint32(18).string(message.role);
				if (message.step != null && $Object.hasOwnProperty.call(message, "step") && message.step !== "")
					writer.uint32(26).string(message.step);
				if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
					writer.uint32(34).string(message.peer);
				if (message.peerSays != null && $Object.hasOwnProperty.call(message, "peerSays") && message.peerSays !== "")
					writer.uint32(42).string(message.peerSays);
				if (message.runsOn != null && $Object.hasOwnProperty.call(message, "runsOn") && message.runsOn !== "")
					writer.uint32(50).string(message.runsOn);
				if (message.done != null && $Object.hasOwnProperty.call(message, "done") && message.done !== "")
					writer.uint32(58).string(message.done);
				if (message.choices != null && message.choices.length)
					for (let i = 0; i < message.choices.length; ++i)
						writer.uint32(66).string(message.choices[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ResolveReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ResolveReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.role = value;
							else
								delete message.role;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.step = value;
							else
								delete message.step;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.peer = value;
							else
								delete message.peer;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.peerSays = value;
							else
								delete message.peerSays;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.runsOn = value;
							else
								delete message.runsOn;
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.done = value;
							else
								delete message.done;
							continue;
						}
					case 8: {
							if (wireType !== 2)
								break;
							if (!(message.choices && message.choices.length))
								message.choices = [];
							message.choices.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ResolveReply;
		})();

		control.StatusRequest = (function() {

			const StatusRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StatusRequest.prototype.id = "";

			StatusRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StatusRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StatusRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StatusRequest;
		})();

		control.StatusReply = (function() {

			const StatusReply = function (properties) {
				this.migrations = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StatusReply.prototype.migrations = $util.emptyArray;

			StatusReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrations != null && message.migrations.length)
					for (let i = 0; i < message.migrations.length; ++i)
						$root.sterna.control.MigrationStatus.encode(message.migrations[i], writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StatusReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StatusReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if (!(message.migrations && message.migrations.length))
								message.migrations = [];
							message.migrations.push($root.sterna.control.MigrationStatus.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StatusReply;
		})();

		control.WatchRequest = (function() {

			const WatchRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			WatchRequest.prototype.id = "";

			WatchRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			WatchRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.WatchRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return WatchRequest;
		})();

		control.MigrationStatus = (function() {

			const MigrationStatus = function (properties) {
				this.iterations = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			MigrationStatus.prototype.id = "";
			MigrationStatus.prototype.domain = "";
			MigrationStatus.prototype.direction = "";
			MigrationStatus.prototype.peer = "";
			MigrationStatus.prototype.phase = "";
			MigrationStatus.prototype.iteration = 0;
			MigrationStatus.prototype.totalPages = 0;
			MigrationStatus.prototype.pagesSent = 0;
			MigrationStatus.prototype.bytesSent = 0;
			MigrationStatus.prototype.dirtyPages = null;
			MigrationStatus.prototype.remainingPages = 0;
			MigrationStatus.prototype.elapsedMs = 0;
			MigrationStatus.prototype.bandwidthBytesPerSecond = 0;
			MigrationStatus.prototype.dirtyBytesPerSecond = 0;
			MigrationStatus.prototype.expectedDowntimeMs = null;
			MigrationStatus.prototype.tracker = "";
			MigrationStatus.prototype.reason = "";
			MigrationStatus.prototype.result = null;
			MigrationStatus.prototype.startedAtMs = 0;
			MigrationStatus.prototype.zeroPages = null;
			MigrationStatus.prototype.savedBytes = null;
			MigrationStatus.prototype.bandwidthLimitBytesPerSecond = null;
			MigrationStatus.prototype.interruptions = null;
			MigrationStatus.prototype.digest = null;
			MigrationStatus.prototype.proof = null;
			MigrationStatus.prototype.diskBytesLeft = null;
			MigrationStatus.prototype.waitsFor = null;
			MigrationStatus.prototype.neededPages = null;
			MigrationStatus.prototype.progress = null;
			MigrationStatus.prototype.etaLowMs = null;
			MigrationStatus.prototype.etaHighMs = null;
			MigrationStatus.prototype.convergence = null;
			MigrationStatus.prototype.convergenceBecause = null;
			MigrationStatus.prototype.iterations = $util.emptyArray;
			MigrationStatus.prototype.transferPaused = null;
			MigrationStatus.prototype.policyFault = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_dirtyPages", {
				get: $util.oneOfGetter($oneOfFields = ["dirtyPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_expectedDowntimeMs", {
				get: $util.oneOfGetter($oneOfFields = ["expectedDowntimeMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_zeroPages", {
				get: $util.oneOfGetter($oneOfFields = ["zeroPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_savedBytes", {
				get: $util.oneOfGetter($oneOfFields = ["savedBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_bandwidthLimitBytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["bandwidthLimitBytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_interruptions", {
				get: $util.oneOfGetter($oneOfFields = ["interruptions"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_digest", {
				get: $util.oneOfGetter($oneOfFields = ["digest"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_proof", {
				get: $util.oneOfGetter($oneOfFields = ["proof"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_diskBytesLeft", {
				get: $util.oneOfGetter($oneOfFields = ["diskBytesLeft"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_waitsFor", {
				get: $util.oneOfGetter($oneOfFields = ["waitsFor"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_neededPages", {
				get: $util.oneOfGetter($oneOfFields = ["neededPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_progress", {
				get: $util.oneOfGetter($oneOfFields = ["progress"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_etaLowMs", {
				get: $util.oneOfGetter($oneOfFields = ["etaLowMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_etaHighMs", {
				get: $util.oneOfGetter($oneOfFields = ["etaHighMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_convergence", {
				get: $util.oneOfGetter($oneOfFields = ["convergence"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_convergenceBecause", {
				get: $util.oneOfGetter($oneOfFields = ["convergenceBecause"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_transferPaused", {
				get: $util.oneOfGetter($oneOfFields = ["transferPaused"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationStatus.prototype, "_policyFault", {
				get: $util.oneOfGetter($oneOfFields = ["policyFault"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			MigrationStatus.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(18).string(message.domain);
				if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== "")
					writer.uint32(26).string(message.direction);
				if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
					writer.uint32(34).string(message.peer);
				if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== "")
					writer.uint32(42).string(message.phase);
				if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && message.iteration !== 0)
					writer.uint32(48).uint32(message.iteration);
				if (message.totalPages != null && $Object.hasOwnProperty.call(message, "totalPages") && !$Object.is(message.totalPages, 0))
					writer.uint32(57).double(message.totalPages);
				if (message.pagesSent != null && $Object.hasOwnProperty.call(message, "pagesSent") && !$Object.is(message.pagesSent, 0))
					writer.uint32(65).double(message.pagesSent);
				if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && !$Object.is(message.bytesSent, 0))
					writer.uint32(73).double(message.bytesSent);
				if (message.dirtyPages != null && $Object.hasOwnProperty.call(message, "dirtyPages"))
					writer.uint32(81).double(message.dirtyPages);
				if (message.remainingPages != null && $Object.hasOwnProperty.call(message, "remainingPages") && !$Object.is(message.remainingPages, 0))
					writer.uint32(89).double(message.remainingPages);
				if (message.elapsedMs != null && $Object.hasOwnProperty.call(message, "elapsedMs") && !$Object.is(message.elapsedMs, 0))
					writer.uint32(97).double(message.elapsedMs);
				if (message.bandwidthBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthBytesPerSecond") && !$Object.is(message.bandwidthBytesPerSecond, 0))
					writer.uint32(105).double(message.bandwidthBytesPerSecond);
				if (message.dirtyBytesPerSecond != null && $Object.hasOwnProperty.call(message, "dirtyBytesPerSecond") && !$Object.is(message.dirtyBytesPerSecond, 0))
					writer.uint32(113).double(message.dirtyBytesPerSecond);
				if (message.expectedDowntimeMs != null && $Object.hasOwnProperty.call(message, "expectedDowntimeMs"))
					writer.uint32(121).double(message.expectedDowntimeMs);
				if (message.tracker != null && $Object.hasOwnProperty.call(message, "tracker") && message.tracker !== "")
					writer.uint32(130).string(message.tracker);
				if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
					writer.uint32(138).string(message.reason);
				if (message.result != null && $Object.hasOwnProperty.call(message, "result"))
					$root.sterna.control.MigrationResult.encode(message.result, writer.uint32(146).fork(), _depth + 1).ldelim();
				if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && !$Object.is(message.startedAtMs, 0))
					writer.uint32(153).double(message.startedAtMs);
				if (message.zeroPages != null && $Object.hasOwnProperty.call(message, "zeroPages"))
					writer.uint32(161).double(message.zeroPages);
				if (message.savedBytes != null && $Object.hasOwnProperty.call(message, "savedBytes"))
					writer.uint32(169).double(message.savedBytes);
				if (message.bandwidthLimitBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthLimitBytesPerSecond"))
					writer.uint32(177).double(message.bandwidthLimitBytesPerSecond);
				if (message.interruptions != null && $Object.hasOwnProperty.call(message, "interruptions"))
					writer.uint32(184).uint32(message.interruptions);
				if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
					writer.uint32(194).string(message.digest);
				if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
					writer.uint32(202).string(message.proof);
				if (message.diskBytesLeft != null && $Object.hasOwnProperty.call(message, "diskBytesLeft"))
					writer.uint32(209).double(message.diskBytesLeft);
				if (message.waitsFor != null && $Object.hasOwnProperty.call(message, "waitsFor"))
					writer.uint32(218).string(message.waitsFor);
				if (message.neededPages != null && $Object.hasOwnProperty.call(message, "neededPages"))
					writer.uint32(225).double(message.neededPages);
				if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
					writer.uint32(233).double(message.progress);
				if (message.etaLowMs != null && $Object.hasOwnProperty.call(message, "etaLowMs"))
					writer.uint32(241).double(message.etaLowMs);
				if (message.etaHighMs != null && $Object.hasOwnProperty.call(message, "etaHighMs"))
					writer.uint32(249).double(message.etaHighMs);
				if (message.convergence != null && $Object.hasOwnProperty.call(message, "convergence"))
					writer.uint32(258).string(message.convergence);
				if (message.convergenceBecause != null && $Object.hasOwnProperty.call(message, "convergenceBecause"))
					writer.uint32(266).string(message.convergenceBecause);
				if (message.iterations != null && message.iterations.length)
					for (let i = 0; i < message.iterations.length; ++i)
						$root.sterna.control.IterationInfo.encode(message.iterations[i], writer.uint32(274).fork(), _depth + 1).ldelim();
				if (message.transferPaused != null && $Object.hasOwnProperty.call(message, "transferPaused"))
					writer.uint32(280).bool(message.transferPaused);
				if (message.policyFault != null && $Object.hasOwnProperty.call(message, "policyFault"))
					writer.uint32(290).string(message.policyFault);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			MigrationStatus.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.MigrationStatus();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.direction = value;
							else
								delete message.direction;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.peer = value;
							else
								delete message.peer;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.phase = value;
							else
								delete message.phase;
							continue;
						}
					case 6: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.iteration = value;
							else
								delete message.iteration;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalPages = value;
							else
								delete message.totalPages;
							continue;
						}
					case 8: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pagesSent = value;
							else
								delete message.pagesSent;
							continue;
						}
					case 9: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytesSent = value;
							else
								delete message.bytesSent;
							continue;
						}
					case 10: {
							if (wireType !== 1)
								break;
							message.dirtyPages = reader.double();
							message._dirtyPages = "dirtyPages";
							continue;
						}
					case 11: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.remainingPages = value;
							else
								delete message.remainingPages;
							continue;
						}
					case 12: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.elapsedMs = value;
							else
								delete message.elapsedMs;
							continue;
						}
					case 13: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bandwidthBytesPerSecond = value;
							else
								delete message.bandwidthBytesPerSecond;
							continue;
						}
					case 14: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.dirtyBytesPerSecond = value;
							else
								delete message.dirtyBytesPerSecond;
							continue;
						}
					case 15: {
							if (wireType !== 1)
								break;
							message.expectedDowntimeMs = reader.double();
							message._expectedDowntimeMs = "expectedDowntimeMs";
							continue;
						}
					case 16: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.tracker = value;
							else
								delete message.tracker;
							continue;
						}
					case 17: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.reason = value;
							else
								delete message.reason;
							continue;
						}
					case 18: {
							if (wireType !== 2)
								break;
							message.result = $root.sterna.control.MigrationResult.decode(reader, reader.size(), $undefined, _depth + 1, message.result);
							continue;
						}
					case 19: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.startedAtMs = value;
							else
								delete message.startedAtMs;
							continue;
						}
					case 20: {
							if (wireType !== 1)
								break;
							message.zeroPages = reader.double();
							message._zeroPages = "zeroPages";
							continue;
						}
					case 21: {
							if (wireType !== 1)
								break;
							message.savedBytes = reader.double();
							message._savedBytes = "savedBytes";
							continue;
						}
					case 22: {
							if (wireType !== 1)
								break;
							message.bandwidthLimitBytesPerSecond = reader.double();
							message._bandwidthLimitBytesPerSecond = "bandwidthLimitBytesPerSecond";
							continue;
						}
					case 23: {
							if (wireType !== 0)
								break;
							message.interruptions = reader.uint32();
							message._interruptions = "interruptions";
							continue;
						}
					case 24: {
							if (wireType !== 2)
								break;
							message.digest = reader.stringVerify();
							message._digest = "digest";
							continue;
						}
					case 25: {
							if (wireType !== 2)
								break;
							message.proof = reader.stringVerify();
							message._proof = "proof";
							continue;
						}
					case 26: {
							if (wireType !== 1)
								break;
							message.diskBytesLeft = reader.double();
							message._diskBytesLeft = "diskBytesLeft";
							continue;
						}
					case 27: {
							if (wireType !== 2)
								break;
							message.waitsFor = reader.stringVerify();
							message._waitsFor = "waitsFor";
							continue;
						}
					case 28: {
							if (wireType !== 1)
								break;
							message.neededPages = reader.double();
							message._neededPages = "neededPages";
							continue;
						}
					case 29: {
							if (wireType !== 1)
								break;
							message.progress = reader.double();
							message._progress = "progress";
							continue;
						}
					case 30: {
							if (wireType !== 1)
								break;
							message.etaLowMs = reader.double();
							message._etaLowMs = "etaLowMs";
							continue;
						}
					case 31: {
							if (wireType !== 1)
								break;
							message.etaHighMs = reader.double();
							message._etaHighMs = "etaHighMs";
							continue;
						}
					case 32: {
							if (wireType !== 2)
								break;
							message.convergence = reader.stringVerify();
							message._convergence = "convergence";
							continue;
						}
					case 33: {
							if (wireType !== 2)
								break;
							message.convergenceBecause = reader.stringVerify();
							message._convergenceBecause = "convergenceBecause";
							continue;
						}
					case 34: {
							if (wireType !== 2)
								break;
							if (!(message.iterations && message.iterations.length))
								message.iterations = [];
							message.iterations.push($root.sterna.control.IterationInfo.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 35: {
							if (wireType !== 0)
								break;
							message.transferPaused = reader.bool();
							message._transferPaused = "transferPaused";
							continue;
						}
					case 36: {
							if (wireType !== 2)
								break;
							message.policyFault = reader.stringVerify();
							message._policyFault = "policyFault";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return MigrationStatus;
		})();

		control.IterationInfo = (function() {

			const IterationInfo = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			IterationInfo.prototype.iteration = 0;
			IterationInfo.prototype.dirtyPages = 0;
			IterationInfo.prototype.writtenPages = 0;
			IterationInfo.prototype.durationMs = 0;
			IterationInfo.prototype.bandwidthBytesPerSecond = null;
			IterationInfo.prototype.dirtyBytesPerSecond = null;
			IterationInfo.prototype.waitsFor = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(IterationInfo.prototype, "_bandwidthBytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["bandwidthBytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(IterationInfo.prototype, "_dirtyBytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["dirtyBytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(IterationInfo.prototype, "_waitsFor", {
				get: $util.oneOfGetter($oneOfFields = ["waitsFor"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			IterationInfo.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && message.iteration !== 0)
					writer.uint32(8).uint32(message.iteration);
				if (message.dirtyPages != null && $Object.hasOwnProperty.call(message, "dirtyPages") && !$Object.is(message.dirtyPages, 0))
					writer.uint32(17).double(message.dirtyPages);
				if (message.writtenPages != null && $Object.hasOwnProperty.call(message, "writtenPages") && !$Object.is(message.writtenPages, 0))
					writer.uint32(25).double(message.writtenPages);
				if (message.durationMs != null && $Object.hasOwnProperty.call(message, "durationMs") && !$Object.is(message.durationMs, 0))
					writer.uint32(33).double(message.durationMs);
				if (message.bandwidthBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthBytesPerSecond"))
					writer.uint32(41).double(message.bandwidthBytesPerSecond);
				if (message.dirtyBytesPerSecond != null && $Object.hasOwnProperty.call(message, "dirtyBytesPerSecond"))
					writer.uint32(49).double(message.dirtyBytesPerSecond);
				if (message.waitsFor != null && $Object.hasOwnProperty.call(message, "waitsFor"))
					writer.uint32(58).string(message.waitsFor);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			IterationInfo.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.IterationInfo();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.iteration = value;
							else
								delete message.iteration;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.dirtyPages = value;
							else
								delete message.dirtyPages;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.writtenPages = value;
							else
								delete message.writtenPages;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.durationMs = value;
							else
								delete message.durationMs;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							message.bandwidthBytesPerSecond = reader.double();
							message._bandwidthBytesPerSecond = "bandwidthBytesPerSecond";
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							message.dirtyBytesPerSecond = reader.double();
							message._dirtyBytesPerSecond = "dirtyBytesPerSecond";
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							message.waitsFor = reader.stringVerify();
							message._waitsFor = "waitsFor";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return IterationInfo;
		})();

		control.MigrationResult = (function() {

			const MigrationResult = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			MigrationResult.prototype.id = "";
			MigrationResult.prototype.domain = "";
			MigrationResult.prototype.outcome = "";
			MigrationResult.prototype.runsOn = "";
			MigrationResult.prototype.totalMs = 0;
			MigrationResult.prototype.downtimeMs = null;
			MigrationResult.prototype.iterations = 0;
			MigrationResult.prototype.pagesSent = 0;
			MigrationResult.prototype.bytesSent = 0;
			MigrationResult.prototype.error = null;
			MigrationResult.prototype.downtimeParts = null;
			MigrationResult.prototype.zeroPages = null;
			MigrationResult.prototype.savedBytes = null;
			MigrationResult.prototype.interruptions = null;
			MigrationResult.prototype.interruptedMs = null;
			MigrationResult.prototype.digest = null;
			MigrationResult.prototype.proof = null;
			MigrationResult.prototype.repairedPages = null;
			MigrationResult.prototype.resentBytes = null;
			MigrationResult.prototype.diskBytesSent = null;
			MigrationResult.prototype.because = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_downtimeMs", {
				get: $util.oneOfGetter($oneOfFields = ["downtimeMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_zeroPages", {
				get: $util.oneOfGetter($oneOfFields = ["zeroPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_savedBytes", {
				get: $util.oneOfGetter($oneOfFields = ["savedBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_interruptions", {
				get: $util.oneOfGetter($oneOfFields = ["interruptions"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_interruptedMs", {
				get: $util.oneOfGetter($oneOfFields = ["interruptedMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_digest", {
				get: $util.oneOfGetter($oneOfFields = ["digest"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_proof", {
				get: $util.oneOfGetter($oneOfFields = ["proof"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_repairedPages", {
				get: $util.oneOfGetter($oneOfFields = ["repairedPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_resentBytes", {
				get: $util.oneOfGetter($oneOfFields = ["resentBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_diskBytesSent", {
				get: $util.oneOfGetter($oneOfFields = ["diskBytesSent"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(MigrationResult.prototype, "_because", {
				get: $util.oneOfGetter($oneOfFields = ["because"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			MigrationResult.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(18).string(message.domain);
				if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
					writer.uint32(26).string(message.outcome);
				if (message.runsOn != null && $Object.hasOwnProperty.call(message, "runsOn") && message.runsOn !== "")
					writer.uint32(34).string(message.runsOn);
				if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
					writer.uint32(41).double(message.totalMs);
				if (message.downtimeMs != null && $Object.hasOwnProperty.call(message, "downtimeMs"))
					writer.uint32(49).double(message.downtimeMs);
				if (message.iterations != null && $Object.hasOwnProperty.call(message, "iterations") && message.iterations !== 0)
					writer.uint32(56).uint32(message.iterations);
				if (message.pagesSent != null && $Object.hasOwnProperty.call(message, "pagesSent") && !$Object.is(message.pagesSent, 0))
					writer.uint32(65).double(message.pagesSent);
				if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && !$Object.is(message.bytesSent, 0))
					writer.uint32(73).double(message.bytesSent);
				if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
					$root.sterna.control.Fault.encode(message.error, writer.uint32(82).fork(), _depth + 1).ldelim();
				if (message.downtimeParts != null && $Object.hasOwnProperty.call(message, "downtimeParts"))
					$root.sterna.control.DowntimeParts.encode(message.downtimeParts, writer.uint32(90).fork(), _depth + 1).ldelim();
				if (message.zeroPages != null && $Object.hasOwnProperty.call(message, "zeroPages"))
					writer.uint32(97).double(message.zeroPages);
				if (message.savedBytes != null && $Object.hasOwnProperty.call(message, "savedBytes"))
					writer.uint32(105).double(message.savedBytes);
				if (message.interruptions != null && $Object.hasOwnProperty.call(message, "interruptions"))
					writer.uint32(112).uint32(message.interruptions);
				if (message.interruptedMs != null && $Object.hasOwnProperty.call(message, "interruptedMs"))
					writer.uint32(121).double(message.interruptedMs);
				if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
					writer.uint32(130).string(message.digest);
				if (message.proof != null && $Object.hasOwnProperty.call(message, "proof"))
					writer.uint32(138).string(message.proof);
				if (message.repairedPages != null && $Object.hasOwnProperty.call(message, "repairedPages"))
					writer.uint32(145).double(message.repairedPages);
				if (message.resentBytes != null && $Object.hasOwnProperty.call(message, "resentBytes"))
					writer.uint32(153).double(message.resentBytes);
				if (message.diskBytesSent != null && $Object.hasOwnProperty.call(message, "diskBytesSent"))
					writer.uint32(161).double(message.diskBytesSent);
				if (message.because != null && $Object.hasOwnProperty.call(message, "because"))
					writer.uint32(170).string(message.because);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			MigrationResult.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.MigrationResult();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.outcome = value;
							else
								delete message.outcome;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.runsOn = value;
							else
								delete message.runsOn;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalMs = value;
							else
								delete message.totalMs;
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							message.downtimeMs = reader.double();
							message._downtimeMs = "downtimeMs";
							continue;
						}
					case 7: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.iterations = value;
							else
								delete message.iterations;
							continue;
						}
					case 8: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pagesSent = value;
							else
								delete message.pagesSent;
							continue;
						}
					case 9: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytesSent = value;
							else
								delete message.bytesSent;
							continue;
						}
					case 10: {
							if (wireType !== 2)
								break;
							message.error = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
							continue;
						}
					case 11: {
							if (wireType !== 2)
								break;
							message.downtimeParts = $root.sterna.control.DowntimeParts.decode(reader, reader.size(), $undefined, _depth + 1, message.downtimeParts);
							continue;
						}
					case 12: {
							if (wireType !== 1)
								break;
							message.zeroPages = reader.double();
							message._zeroPages = "zeroPages";
							continue;
						}
					case 13: {
							if (wireType !== 1)
								break;
							message.savedBytes = reader.double();
							message._savedBytes = "savedBytes";
							continue;
						}
					case 14: {
							if (wireType !== 0)
								break;
							message.interruptions = reader.uint32();
							message._interruptions = "interruptions";
							continue;
						}
					case 15: {
							if (wireType !== 1)
								break;
							message.interruptedMs = reader.double();
							message._interruptedMs = "interruptedMs";
							continue;
						}
					case 16: {
							if (wireType !== 2)
								break;
							message.digest = reader.stringVerify();
							message._digest = "digest";
							continue;
						}
					case 17: {
							if (wireType !== 2)
								break;
							message.proof = reader.stringVerify();
							message._proof = "proof";
							continue;
						}
					case 18: {
							if (wireType !== 1)
								break;
							message.repairedPages = reader.double();
							message._repairedPages = "repairedPages";
							continue;
						}
					case 19: {
							if (wireType !== 1)
								break;
							message.resentBytes = reader.double();
							message._resentBytes = "resentBytes";
							continue;
						}
					case 20: {
							if (wireType !== 1)
								break;
							message.diskBytesSent = reader.double();
							message._diskBytesSent = "diskBytesSent";
							continue;
						}
					case 21: {
							if (wireType !== 2)
								break;
							message.because = reader.stringVerify();
							message._because = "because";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return MigrationResult;
		})();

		control.DowntimeParts = (function() {

			const DowntimeParts = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DowntimeParts.prototype.pause = 0;
			DowntimeParts.prototype.scan = 0;
			DowntimeParts.prototype.copy = 0;
			DowntimeParts.prototype.deviceState = 0;
			DowntimeParts.prototype.load = 0;
			DowntimeParts.prototype.hook = 0;
			DowntimeParts.prototype.handover = 0;
			DowntimeParts.prototype.resume = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(DowntimeParts.prototype, "_resume", {
				get: $util.oneOfGetter($oneOfFields = ["resume"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			DowntimeParts.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.pause != null && $Object.hasOwnProperty.call(message, "pause") && !$Object.is(message.pause, 0))
					writer.uint32(9).double(message.pause);
				if (message.scan != null && $Object.hasOwnProperty.call(message, "scan") && !$Object.is(message.scan, 0))
					writer.uint32(17).double(message.scan);
				if (message.copy != null && $Object.hasOwnProperty.call(message, "copy") && !$Object.is(message.copy, 0))
					writer.uint32(25).double(message.copy);
				if (message.deviceState != null && $Object.hasOwnProperty.call(message, "deviceState") && !$Object.is(message.deviceState, 0))
					writer.uint32(33).double(message.deviceState);
				if (message.load != null && $Object.hasOwnProperty.call(message, "load") && !$Object.is(message.load, 0))
					writer.uint32(41).double(message.load);
				if (message.hook != null && $Object.hasOwnProperty.call(message, "hook") && !$Object.is(message.hook, 0))
					writer.uint32(49).double(message.hook);
				if (message.handover != null && $Object.hasOwnProperty.call(message, "handover") && !$Object.is(message.handover, 0))
					writer.uint32(57).double(message.handover);
				if (message.resume != null && $Object.hasOwnProperty.call(message, "resume"))
					writer.uint32(65).double(message.resume);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DowntimeParts.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DowntimeParts();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pause = value;
							else
								delete message.pause;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.scan = value;
							else
								delete message.scan;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.copy = value;
							else
								delete message.copy;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.deviceState = value;
							else
								delete message.deviceState;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.load = value;
							else
								delete message.load;
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.hook = value;
							else
								delete message.hook;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.handover = value;
							else
								delete message.handover;
							continue;
						}
					case 8: {
							if (wireType !== 1)
								break;
							message.resume = reader.double();
							message._resume = "resume";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DowntimeParts;
		})();

		control.DomainInfo = (function() {

			const DomainInfo = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainInfo.prototype.name = "";
			DomainInfo.prototype.uuid = "";
			DomainInfo.prototype.kind = "";
			DomainInfo.prototype.state = "";
			DomainInfo.prototype.memoryBytes = 0;
			DomainInfo.prototype.pid = 0;
			DomainInfo.prototype.incarnation = 0;
			DomainInfo.prototype.detailJson = "";

			DomainInfo.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(10).string(message.name);
				if (message.uuid != null && $Object.hasOwnProperty.call(message, "uuid") && message.uuid !== "")
					writer.uint32(18).string(message.uuid);
				if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
					writer.uint32(26).string(message.kind);
				if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
					writer.uint32(34).string(message.state);
				if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes") && !$Object.is(message.memoryBytes, 0))
					writer.uint32(41).double(message.memoryBytes);
				if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
					writer.uint32(48).uint32(message.pid);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(57).double(message.incarnation);
				if (message.detailJson != null && $Object.hasOwnProperty.call(message, "detailJson") && message.detailJson !== "")
					writer.uint32(66).string(message.detailJson);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainInfo.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainInfo();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.uuid = value;
							else
								delete message.uuid;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.kind = value;
							else
								delete message.kind;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.state = value;
							else
								delete message.state;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.memoryBytes = value;
							else
								delete message.memoryBytes;
							continue;
						}
					case 6: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.pid = value;
							else
								delete message.pid;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 8: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.detailJson = value;
							else
								delete message.detailJson;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainInfo;
		})();

		control.DomainListRequest = (function() {

			const DomainListRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainListRequest.prototype.name = "";

			DomainListRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(10).string(message.name);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainListRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainListRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainListRequest;
		})();

		control.DomainListReply = (function() {

			const DomainListReply = function (properties) {
				this.domains = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainListReply.prototype.domains = $util.emptyArray;
			DomainListReply.prototype.host = "";

			DomainListReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domains != null && message.domains.length)
					for (let i = 0; i < message.domains.length; ++i)
						$root.sterna.control.DomainInfo.encode(message.domains[i], writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(18).string(message.host);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainListReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainListReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if (!(message.domains && message.domains.length))
								message.domains = [];
							message.domains.push($root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainListReply;
		})();

		control.DomainCreateRequest = (function() {

			const DomainCreateRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainCreateRequest.prototype.definitionJson = "";
			DomainCreateRequest.prototype.paused = false;

			DomainCreateRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.definitionJson != null && $Object.hasOwnProperty.call(message, "definitionJson") && message.definitionJson !== "")
					writer.uint32(10).string(message.definitionJson);
				if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
					writer.uint32(16).bool(message.paused);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainCreateRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainCreateRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.definitionJson = value;
							else
								delete message.definitionJson;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.paused = value;
							else
								delete message.paused;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainCreateRequest;
		})();

		control.DomainReply = (function() {

			const DomainReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainReply.prototype.domain = null;

			DomainReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
					$root.sterna.control.DomainInfo.encode(message.domain, writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							message.domain = $root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainReply;
		})();

		control.DomainAdoptRequest = (function() {

			const DomainAdoptRequest = function (properties) {
				this.networks = [];
				this.disks = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainAdoptRequest.prototype.qmp = "";
			DomainAdoptRequest.prototype.name = "";
			DomainAdoptRequest.prototype.networks = $util.emptyArray;
			DomainAdoptRequest.prototype.disks = $util.emptyArray;
			DomainAdoptRequest.prototype.dryRun = false;

			DomainAdoptRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.qmp != null && $Object.hasOwnProperty.call(message, "qmp") && message.qmp !== "")
					writer.uint32(10).string(message.qmp);
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(18).string(message.name);
				if (message.networks != null && message.networks.length)
					for (let i = 0; i < message.networks.length; ++i)
						$root.sterna.control.NetworkChoice.encode(message.networks[i], writer.uint32(26).fork(), _depth + 1).ldelim();
				if (message.disks != null && message.disks.length)
					for (let i = 0; i < message.disks.length; ++i)
						$root.sterna.control.DiskChoice.encode(message.disks[i], writer.uint32(34).fork(), _depth + 1).ldelim();
				if (message.dryRun != null && $Object.hasOwnProperty.call(message, "dryRun") && message.dryRun !== false)
					writer.uint32(40).bool(message.dryRun);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainAdoptRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainAdoptRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.qmp = value;
							else
								delete message.qmp;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if (!(message.networks && message.networks.length))
								message.networks = [];
							message.networks.push($root.sterna.control.NetworkChoice.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if (!(message.disks && message.disks.length))
								message.disks = [];
							message.disks.push($root.sterna.control.DiskChoice.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 5: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.dryRun = value;
							else
								delete message.dryRun;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainAdoptRequest;
		})();

		control.NetworkChoice = (function() {

			const NetworkChoice = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			NetworkChoice.prototype.netdev = "";
			NetworkChoice.prototype.network = "";

			NetworkChoice.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.netdev != null && $Object.hasOwnProperty.call(message, "netdev") && message.netdev !== "")
					writer.uint32(10).string(message.netdev);
				if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== "")
					writer.uint32(18).string(message.network);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			NetworkChoice.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.NetworkChoice();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.netdev = value;
							else
								delete message.netdev;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.network = value;
							else
								delete message.network;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return NetworkChoice;
		})();

		control.DiskChoice = (function() {

			const DiskChoice = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DiskChoice.prototype.drive = "";
			DiskChoice.prototype.sharing = "";

			DiskChoice.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.drive != null && $Object.hasOwnProperty.call(message, "drive") && message.drive !== "")
					writer.uint32(10).string(message.drive);
				if (message.sharing != null && $Object.hasOwnProperty.call(message, "sharing") && message.sharing !== "")
					writer.uint32(18).string(message.sharing);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DiskChoice.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DiskChoice();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.drive = value;
							else
								delete message.drive;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.sharing = value;
							else
								delete message.sharing;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DiskChoice;
		})();

		control.DomainAdoptReply = (function() {

			const DomainAdoptReply = function (properties) {
				this.notes = [];
				this.command = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainAdoptReply.prototype.domain = null;
			DomainAdoptReply.prototype.notes = $util.emptyArray;
			DomainAdoptReply.prototype.command = $util.emptyArray;

			DomainAdoptReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
					$root.sterna.control.DomainInfo.encode(message.domain, writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.notes != null && message.notes.length)
					for (let i = 0; i < message.notes.length; ++i)
						writer.uint32(18).string(message.notes[i]);
				if (message.command != null && message.command.length)
					for (let i = 0; i < message.command.length; ++i)
						writer.uint32(26).string(message.command[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainAdoptReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainAdoptReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							message.domain = $root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if (!(message.notes && message.notes.length))
								message.notes = [];
							message.notes.push(reader.stringVerify());
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if (!(message.command && message.command.length))
								message.command = [];
							message.command.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainAdoptReply;
		})();

		control.DomainCommand = (function() {

			const DomainCommand = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainCommand.prototype.name = "";
			DomainCommand.prototype.action = 0;

			DomainCommand.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(10).string(message.name);
				if (message.action != null && $Object.hasOwnProperty.call(message, "action") && message.action !== 0)
					writer.uint32(16).int32(message.action);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainCommand.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainCommand();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.int32())
								message.action = value;
							else
								delete message.action;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			DomainCommand.Action = (function() {
				const valuesById = $Object.create(null), values = $Object.create(valuesById);
				values[valuesById[0] = "NONE"] = 0;
				values[valuesById[1] = "SHOW"] = 1;
				values[valuesById[2] = "DESTROY"] = 2;
				values[valuesById[3] = "PAUSE"] = 3;
				values[valuesById[4] = "RESUME"] = 4;
				values[valuesById[5] = "CHECK"] = 5;
				return values;
			})();

			return DomainCommand;
		})();

		control.CheckReply = (function() {

			const CheckReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			CheckReply.prototype.pagesChecked = 0;
			CheckReply.prototype.badPages = 0;
			CheckReply.prototype.firstBad = "";

			CheckReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.pagesChecked != null && $Object.hasOwnProperty.call(message, "pagesChecked") && !$Object.is(message.pagesChecked, 0))
					writer.uint32(9).double(message.pagesChecked);
				if (message.badPages != null && $Object.hasOwnProperty.call(message, "badPages") && !$Object.is(message.badPages, 0))
					writer.uint32(17).double(message.badPages);
				if (message.firstBad != null && $Object.hasOwnProperty.call(message, "firstBad") && message.firstBad !== "")
					writer.uint32(26).string(message.firstBad);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			CheckReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.CheckReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pagesChecked = value;
							else
								delete message.pagesChecked;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.badPages = value;
							else
								delete message.badPages;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.firstBad = value;
							else
								delete message.firstBad;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return CheckReply;
		})();

		control.DomainOutputRequest = (function() {

			const DomainOutputRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainOutputRequest.prototype.name = "";
			DomainOutputRequest.prototype.follow = false;

			DomainOutputRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(10).string(message.name);
				if (message.follow != null && $Object.hasOwnProperty.call(message, "follow") && message.follow !== false)
					writer.uint32(16).bool(message.follow);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainOutputRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainOutputRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.follow = value;
							else
								delete message.follow;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainOutputRequest;
		})();

		control.OutputChunk = (function() {

			const OutputChunk = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			OutputChunk.prototype.data = $util.newBuffer([]);

			OutputChunk.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
					writer.uint32(10).bytes(message.data);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			OutputChunk.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.OutputChunk();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.bytes()).length)
								message.data = value;
							else
								delete message.data;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return OutputChunk;
		})();

		control.DomainConsoleRequest = (function() {

			const DomainConsoleRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DomainConsoleRequest.prototype.name = "";
			DomainConsoleRequest.prototype.tailBytes = 0;

			DomainConsoleRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(10).string(message.name);
				if (message.tailBytes != null && $Object.hasOwnProperty.call(message, "tailBytes") && !$Object.is(message.tailBytes, 0))
					writer.uint32(17).double(message.tailBytes);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DomainConsoleRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DomainConsoleRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.tailBytes = value;
							else
								delete message.tailBytes;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DomainConsoleRequest;
		})();

		control.ConsoleNote = (function() {

			const ConsoleNote = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ConsoleNote.prototype.text = "";

			ConsoleNote.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
					writer.uint32(10).string(message.text);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ConsoleNote.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ConsoleNote();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.text = value;
							else
								delete message.text;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ConsoleNote;
		})();

		control.SaveRequest = (function() {

			const SaveRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			SaveRequest.prototype.domain = "";
			SaveRequest.prototype.file = "";
			SaveRequest.prototype.checkpoint = false;
			SaveRequest.prototype.detach = false;

			SaveRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== "")
					writer.uint32(18).string(message.file);
				if (message.checkpoint != null && $Object.hasOwnProperty.call(message, "checkpoint") && message.checkpoint !== false)
					writer.uint32(24).bool(message.checkpoint);
				if (message.detach != null && $Object.hasOwnProperty.call(message, "detach") && message.detach !== false)
					writer.uint32(32).bool(message.detach);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			SaveRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.SaveRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.file = value;
							else
								delete message.file;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.checkpoint = value;
							else
								delete message.checkpoint;
							continue;
						}
					case 4: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.detach = value;
							else
								delete message.detach;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return SaveRequest;
		})();

		control.RestoreRequest = (function() {

			const RestoreRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			RestoreRequest.prototype.file = "";
			RestoreRequest.prototype.name = "";
			RestoreRequest.prototype.paused = false;

			RestoreRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.file != null && $Object.hasOwnProperty.call(message, "file") && message.file !== "")
					writer.uint32(10).string(message.file);
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(18).string(message.name);
				if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
					writer.uint32(24).bool(message.paused);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			RestoreRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.RestoreRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.file = value;
							else
								delete message.file;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.paused = value;
							else
								delete message.paused;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return RestoreRequest;
		})();

		control.RestoreResult = (function() {

			const RestoreResult = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			RestoreResult.prototype.domain = null;
			RestoreResult.prototype.totalMs = 0;
			RestoreResult.prototype.pages = 0;
			RestoreResult.prototype.bytes = 0;
			RestoreResult.prototype.checkpoints = 0;

			RestoreResult.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain"))
					$root.sterna.control.DomainInfo.encode(message.domain, writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
					writer.uint32(17).double(message.totalMs);
				if (message.pages != null && $Object.hasOwnProperty.call(message, "pages") && !$Object.is(message.pages, 0))
					writer.uint32(25).double(message.pages);
				if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && !$Object.is(message.bytes, 0))
					writer.uint32(33).double(message.bytes);
				if (message.checkpoints != null && $Object.hasOwnProperty.call(message, "checkpoints") && message.checkpoints !== 0)
					writer.uint32(40).uint32(message.checkpoints);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			RestoreResult.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.RestoreResult();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							message.domain = $root.sterna.control.DomainInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.domain);
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalMs = value;
							else
								delete message.totalMs;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pages = value;
							else
								delete message.pages;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytes = value;
							else
								delete message.bytes;
							continue;
						}
					case 5: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.checkpoints = value;
							else
								delete message.checkpoints;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return RestoreResult;
		})();

		control.HostsRequest = (function() {

			const HostsRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			HostsRequest.prototype.probe = false;

			HostsRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.probe != null && $Object.hasOwnProperty.call(message, "probe") && message.probe !== false)
					writer.uint32(8).bool(message.probe);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			HostsRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.HostsRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.probe = value;
							else
								delete message.probe;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return HostsRequest;
		})();

		control.HostsReply = (function() {

			const HostsReply = function (properties) {
				this.hosts = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			HostsReply.prototype.self = "";
			HostsReply.prototype.hosts = $util.emptyArray;

			HostsReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.self != null && $Object.hasOwnProperty.call(message, "self") && message.self !== "")
					writer.uint32(10).string(message.self);
				if (message.hosts != null && message.hosts.length)
					for (let i = 0; i < message.hosts.length; ++i)
						$root.sterna.control.HostInfo.encode(message.hosts[i], writer.uint32(18).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			HostsReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.HostsReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.self = value;
							else
								delete message.self;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if (!(message.hosts && message.hosts.length))
								message.hosts = [];
							message.hosts.push($root.sterna.control.HostInfo.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return HostsReply;
		})();

		control.HostInfo = (function() {

			const HostInfo = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			HostInfo.prototype.name = "";
			HostInfo.prototype.address = "";
			HostInfo.prototype.state = "";
			HostInfo.prototype.detail = "";
			HostInfo.prototype.roundTripMs = 0;

			HostInfo.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
					writer.uint32(10).string(message.name);
				if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
					writer.uint32(18).string(message.address);
				if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
					writer.uint32(26).string(message.state);
				if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
					writer.uint32(34).string(message.detail);
				if (message.roundTripMs != null && $Object.hasOwnProperty.call(message, "roundTripMs") && !$Object.is(message.roundTripMs, 0))
					writer.uint32(41).double(message.roundTripMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			HostInfo.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.HostInfo();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.name = value;
							else
								delete message.name;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.address = value;
							else
								delete message.address;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.state = value;
							else
								delete message.state;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.detail = value;
							else
								delete message.detail;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.roundTripMs = value;
							else
								delete message.roundTripMs;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return HostInfo;
		})();

		control.ForecastRequest = (function() {

			const ForecastRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ForecastRequest.prototype.domain = "";
			ForecastRequest.prototype.host = "";
			ForecastRequest.prototype.sampleMs = null;
			ForecastRequest.prototype.limits = null;
			ForecastRequest.prototype.transfer = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ForecastRequest.prototype, "_sampleMs", {
				get: $util.oneOfGetter($oneOfFields = ["sampleMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			ForecastRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(18).string(message.host);
				if (message.sampleMs != null && $Object.hasOwnProperty.call(message, "sampleMs"))
					writer.uint32(25).double(message.sampleMs);
				if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
					$root.sterna.control.PolicyLimits.encode(message.limits, writer.uint32(34).fork(), _depth + 1).ldelim();
				if (message.transfer != null && $Object.hasOwnProperty.call(message, "transfer"))
					$root.sterna.control.TransferOptions.encode(message.transfer, writer.uint32(42).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ForecastRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ForecastRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							message.sampleMs = reader.double();
							message._sampleMs = "sampleMs";
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							message.limits = $root.sterna.control.PolicyLimits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							message.transfer = $root.sterna.control.TransferOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.transfer);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ForecastRequest;
		})();

		control.ForecastReply = (function() {

			const ForecastReply = function (properties) {
				this.remedies = [];
				this.assumptions = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ForecastReply.prototype.domain = "";
			ForecastReply.prototype.host = "";
			ForecastReply.prototype.convergence = "";
			ForecastReply.prototype.likelihood = 0;
			ForecastReply.prototype.totalLowMs = 0;
			ForecastReply.prototype.totalMs = 0;
			ForecastReply.prototype.totalHighMs = 0;
			ForecastReply.prototype.downtimeLowMs = 0;
			ForecastReply.prototype.downtimeMs = 0;
			ForecastReply.prototype.downtimeHighMs = 0;
			ForecastReply.prototype.binding = "";
			ForecastReply.prototype.because = "";
			ForecastReply.prototype.remedies = $util.emptyArray;
			ForecastReply.prototype.sampledMs = 0;
			ForecastReply.prototype.memoryBytes = 0;
			ForecastReply.prototype.dirtyBytesPerSecond = 0;
			ForecastReply.prototype.workingSetBytes = 0;
			ForecastReply.prototype.bandwidthBytesPerSecond = 0;
			ForecastReply.prototype.roundTripMs = 0;
			ForecastReply.prototype.assumptions = $util.emptyArray;

			ForecastReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(18).string(message.host);
				if (message.convergence != null && $Object.hasOwnProperty.call(message, "convergence") && message.convergence !== "")
					writer.uint32(26).string(message.convergence);
				if (message.likelihood != null && $Object.hasOwnProperty.call(message, "likelihood") && !$Object.is(message.likelihood, 0))
					writer.uint32(33).double(message.likelihood);
				if (message.totalLowMs != null && $Object.hasOwnProperty.call(message, "totalLowMs") && !$Object.is(message.totalLowMs, 0))
					writer.uint32(41).double(message.totalLowMs);
				if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
					writer.uint32(49).double(message.totalMs);
				if (message.totalHighMs != null && $Object.hasOwnProperty.call(message, "totalHighMs") && !$Object.is(message.totalHighMs, 0))
					writer.uint32(57).double(message.totalHighMs);
				if (message.downtimeLowMs != null && $Object.hasOwnProperty.call(message, "downtimeLowMs") && !$Object.is(message.downtimeLowMs, 0))
					writer.uint32(65).double(message.downtimeLowMs);
				if (message.downtimeMs != null && $Object.hasOwnProperty.call(message, "downtimeMs") && !$Object.is(message.downtimeMs, 0))
					writer.uint32(73).double(message.downtimeMs);
				if (message.downtimeHighMs != null && $Object.hasOwnProperty.call(message, "downtimeHighMs") && !$Object.is(message.downtimeHighMs, 0))
					writer.uint32(81).double(message.downtimeHighMs);
				if (message.binding != null && $Object.hasOwnProperty.call(message, "binding") && message.binding !== "")
					writer.uint32(90).string(message.binding);
				if (message.because != null && $Object.hasOwnProperty.call(message, "because") && message.because !== "")
					writer.uint32(98).string(message.because);
				if (message.remedies != null && message.remedies.length)
					for (let i = 0; i < message.remedies.length; ++i)
						writer.uint32(106).string(message.remedies[i]);
				if (message.sampledMs != null && $Object.hasOwnProperty.call(message, "sampledMs") && !$Object.is(message.sampledMs, 0))
					writer.uint32(113).double(message.sampledMs);
				if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes") && !$Object.is(message.memoryBytes, 0))
					writer.uint32(121).double(message.memoryBytes);
				if (message.dirtyBytesPerSecond != null && $Object.hasOwnProperty.call(message, "dirtyBytesPerSecond") && !$Object.is(message.dirtyBytesPerSecond, 0))
					writer.uint32(129).double(message.dirtyBytesPerSecond);
				if (message.workingSetBytes != null && $Object.hasOwnProperty.call(message, "workingSetBytes") && !$Object.is(message.workingSetBytes, 0))
					writer.uint32(137).double(message.workingSetBytes);
				if (message.bandwidthBytesPerSecond != null && $Object.hasOwnProperty.call(message, "bandwidthBytesPerSecond") && !$Object.is(message.bandwidthBytesPerSecond, 0))
					writer.uint32(145).double(message.bandwidthBytesPerSecond);
				if (message.roundTripMs != null && $Object.hasOwnProperty.call(message, "roundTripMs") && !$Object.is(message.roundTripMs, 0))
					writer.uint32(153).double(message.roundTripMs);
				if (message.assumptions != null && message.assumptions.length)
					for (let i = 0; i < message.assumptions.length; ++i)
						writer.uint32(162).string(message.assumptions[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ForecastReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ForecastReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.convergence = value;
							else
								delete message.convergence;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.likelihood = value;
							else
								delete message.likelihood;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalLowMs = value;
							else
								delete message.totalLowMs;
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalMs = value;
							else
								delete message.totalMs;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalHighMs = value;
							else
								delete message.totalHighMs;
							continue;
						}
					case 8: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.downtimeLowMs = value;
							else
								delete message.downtimeLowMs;
							continue;
						}
					case 9: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.downtimeMs = value;
							else
								delete message.downtimeMs;
							continue;
						}
					case 10: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.downtimeHighMs = value;
							else
								delete message.downtimeHighMs;
							continue;
						}
					case 11: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.binding = value;
							else
								delete message.binding;
							continue;
						}
					case 12: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.because = value;
							else
								delete message.because;
							continue;
						}
					case 13: {
							if (wireType !== 2)
								break;
							if (!(message.remedies && message.remedies.length))
								message.remedies = [];
							message.remedies.push(reader.stringVerify());
							continue;
						}
					case 14: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.sampledMs = value;
							else
								delete message.sampledMs;
							continue;
						}
					case 15: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.memoryBytes = value;
							else
								delete message.memoryBytes;
							continue;
						}
					case 16: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.dirtyBytesPerSecond = value;
							else
								delete message.dirtyBytesPerSecond;
							continue;
						}
					case 17: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.workingSetBytes = value;
							else
								delete message.workingSetBytes;
							continue;
						}
					case 18: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bandwidthBytesPerSecond = value;
							else
								delete message.bandwidthBytesPerSecond;
							continue;
						}
					case 19: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.roundTripMs = value;
							else
								delete message.roundTripMs;
							continue;
						}
					case 20: {
							if (wireType !== 2)
								break;
							if (!(message.assumptions && message.assumptions.length))
								message.assumptions = [];
							message.assumptions.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ForecastReply;
		})();

		control.HistoryRequest = (function() {

			const HistoryRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			HistoryRequest.prototype.limit = 0;
			HistoryRequest.prototype.domain = "";

			HistoryRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.limit != null && $Object.hasOwnProperty.call(message, "limit") && message.limit !== 0)
					writer.uint32(8).uint32(message.limit);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(18).string(message.domain);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			HistoryRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.HistoryRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.limit = value;
							else
								delete message.limit;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return HistoryRequest;
		})();

		control.HistoryReply = (function() {

			const HistoryReply = function (properties) {
				this.entries = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			HistoryReply.prototype.host = "";
			HistoryReply.prototype.entries = $util.emptyArray;

			HistoryReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(10).string(message.host);
				if (message.entries != null && message.entries.length)
					for (let i = 0; i < message.entries.length; ++i)
						$root.sterna.control.HistoryEntry.encode(message.entries[i], writer.uint32(18).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			HistoryReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.HistoryReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if (!(message.entries && message.entries.length))
								message.entries = [];
							message.entries.push($root.sterna.control.HistoryEntry.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return HistoryReply;
		})();

		control.HistoryEntry = (function() {

			const HistoryEntry = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			HistoryEntry.prototype.id = "";
			HistoryEntry.prototype.domain = "";
			HistoryEntry.prototype.direction = "";
			HistoryEntry.prototype.peer = "";
			HistoryEntry.prototype.outcome = "";
			HistoryEntry.prototype.runsOn = "";
			HistoryEntry.prototype.startedAtMs = 0;
			HistoryEntry.prototype.totalMs = 0;
			HistoryEntry.prototype.downtimeMs = null;
			HistoryEntry.prototype.iterations = 0;
			HistoryEntry.prototype.bytesSent = 0;
			HistoryEntry.prototype.because = "";
			HistoryEntry.prototype.errorCode = "";
			HistoryEntry.prototype.errorMessage = "";
			HistoryEntry.prototype.hasRecord = false;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(HistoryEntry.prototype, "_downtimeMs", {
				get: $util.oneOfGetter($oneOfFields = ["downtimeMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			HistoryEntry.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(18).string(message.domain);
				if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== "")
					writer.uint32(26).string(message.direction);
				if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
					writer.uint32(34).string(message.peer);
				if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
					writer.uint32(42).string(message.outcome);
				if (message.runsOn != null && $Object.hasOwnProperty.call(message, "runsOn") && message.runsOn !== "")
					writer.uint32(50).string(message.runsOn);
				if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && !$Object.is(message.startedAtMs, 0))
					writer.uint32(57).double(message.startedAtMs);
				if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
					writer.uint32(65).double(message.totalMs);
				if (message.downtimeMs != null && $Object.hasOwnProperty.call(message, "downtimeMs"))
					writer.uint32(73).double(message.downtimeMs);
				if (message.iterations != null && $Object.hasOwnProperty.call(message, "iterations") && message.iterations !== 0)
					writer.uint32(80).uint32(message.iterations);
				if (message.bytesSent != null && $Object.hasOwnProperty.call(message, "bytesSent") && !$Object.is(message.bytesSent, 0))
					writer.uint32(89).double(message.bytesSent);
				if (message.because != null && $Object.hasOwnProperty.call(message, "because") && message.because !== "")
					writer.uint32(98).string(message.because);
				if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== "")
					writer.uint32(106).string(message.errorCode);
				if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
					writer.uint32(114).string(message.errorMessage);
				if (message.hasRecord != null && $Object.hasOwnProperty.call(message, "hasRecord") && message.hasRecord !== false)
					writer.uint32(120).bool(message.hasRecord);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			HistoryEntry.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.HistoryEntry();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.direction = value;
							else
								delete message.direction;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.peer = value;
							else
								delete message.peer;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.outcome = value;
							else
								delete message.outcome;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.runsOn = value;
							else
								delete message.runsOn;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.startedAtMs = value;
							else
								delete message.startedAtMs;
							continue;
						}
					case 8: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.totalMs = value;
							else
								delete message.totalMs;
							continue;
						}
					case 9: {
							if (wireType !== 1)
								break;
							message.downtimeMs = reader.double();
							message._downtimeMs = "downtimeMs";
							continue;
						}
					case 10: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.iterations = value;
							else
								delete message.iterations;
							continue;
						}
					case 11: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytesSent = value;
							else
								delete message.bytesSent;
							continue;
						}
					case 12: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.because = value;
							else
								delete message.because;
							continue;
						}
					case 13: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.errorCode = value;
							else
								delete message.errorCode;
							continue;
						}
					case 14: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.errorMessage = value;
							else
								delete message.errorMessage;
							continue;
						}
					case 15: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.hasRecord = value;
							else
								delete message.hasRecord;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return HistoryEntry;
		})();

		control.RecordRequest = (function() {

			const RecordRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			RecordRequest.prototype.id = "";

			RecordRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			RecordRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.RecordRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return RecordRequest;
		})();

		control.RecordPart = (function() {

			const RecordPart = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			RecordPart.prototype.data = $util.newBuffer([]);

			RecordPart.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
					writer.uint32(10).bytes(message.data);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			RecordPart.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.RecordPart();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.bytes()).length)
								message.data = value;
							else
								delete message.data;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return RecordPart;
		})();

		control.DoctorRequest = (function() {

			const DoctorRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DoctorRequest.prototype.host = "";

			DoctorRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(10).string(message.host);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DoctorRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DoctorRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DoctorRequest;
		})();

		control.DoctorReply = (function() {

			const DoctorReply = function (properties) {
				this.findings = [];
				this.qemuMachines = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DoctorReply.prototype.host = "";
			DoctorReply.prototype.findings = $util.emptyArray;
			DoctorReply.prototype.dataPort = 0;
			DoctorReply.prototype.roomBytes = null;
			DoctorReply.prototype.qemuMachines = $util.emptyArray;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(DoctorReply.prototype, "_roomBytes", {
				get: $util.oneOfGetter($oneOfFields = ["roomBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			DoctorReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(10).string(message.host);
				if (message.findings != null && message.findings.length)
					for (let i = 0; i < message.findings.length; ++i)
						$root.sterna.control.Finding.encode(message.findings[i], writer.uint32(18).fork(), _depth + 1).ldelim();
				if (message.dataPort != null && $Object.hasOwnProperty.call(message, "dataPort") && message.dataPort !== 0)
					writer.uint32(24).uint32(message.dataPort);
				if (message.roomBytes != null && $Object.hasOwnProperty.call(message, "roomBytes"))
					writer.uint32(33).double(message.roomBytes);
				if (message.qemuMachines != null && message.qemuMachines.length)
					for (let i = 0; i < message.qemuMachines.length; ++i)
						writer.uint32(42).string(message.qemuMachines[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DoctorReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DoctorReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if (!(message.findings && message.findings.length))
								message.findings = [];
							message.findings.push($root.sterna.control.Finding.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.dataPort = value;
							else
								delete message.dataPort;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							message.roomBytes = reader.double();
							message._roomBytes = "roomBytes";
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if (!(message.qemuMachines && message.qemuMachines.length))
								message.qemuMachines = [];
							message.qemuMachines.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DoctorReply;
		})();

		control.Finding = (function() {

			const Finding = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			Finding.prototype.check = "";
			Finding.prototype.state = "";
			Finding.prototype.host = "";
			Finding.prototype.side = "";
			Finding.prototype.detail = "";
			Finding.prototype.fix = "";

			Finding.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.check != null && $Object.hasOwnProperty.call(message, "check") && message.check !== "")
					writer.uint32(10).string(message.check);
				if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
					writer.uint32(18).string(message.state);
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(26).string(message.host);
				if (message.side != null && $Object.hasOwnProperty.call(message, "side") && message.side !== "")
					writer.uint32(34).string(message.side);
				if (message.detail != null && $Object.hasOwnProperty.call(message, "detail") && message.detail !== "")
					writer.uint32(42).string(message.detail);
				if (message.fix != null && $Object.hasOwnProperty.call(message, "fix") && message.fix !== "")
					writer.uint32(50).string(message.fix);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			Finding.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.Finding();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.check = value;
							else
								delete message.check;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.state = value;
							else
								delete message.state;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.side = value;
							else
								delete message.side;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.detail = value;
							else
								delete message.detail;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.fix = value;
							else
								delete message.fix;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return Finding;
		})();

		control.PeerRecordRequest = (function() {

			const PeerRecordRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PeerRecordRequest.prototype.migrationId = "";

			PeerRecordRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PeerRecordRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PeerRecordRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PeerRecordRequest;
		})();

		control.PeerDoctorRequest = (function() {

			const PeerDoctorRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PeerDoctorRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PeerDoctorRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PeerDoctorRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					reader.skipType(tag & 7, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PeerDoctorRequest;
		})();

		control.ClockRequest = (function() {

			const ClockRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ClockRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ClockRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ClockRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					reader.skipType(tag & 7, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ClockRequest;
		})();

		control.ClockReply = (function() {

			const ClockReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ClockReply.prototype.nowMs = 0;

			ClockReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.nowMs != null && $Object.hasOwnProperty.call(message, "nowMs") && !$Object.is(message.nowMs, 0))
					writer.uint32(9).double(message.nowMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ClockReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ClockReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.nowMs = value;
							else
								delete message.nowMs;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ClockReply;
		})();

		control.PrepareRequest = (function() {

			const PrepareRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PrepareRequest.prototype.migrationId = "";
			PrepareRequest.prototype.incarnation = 0;
			PrepareRequest.prototype.definitionJson = "";
			PrepareRequest.prototype.stream = "";
			PrepareRequest.prototype.guestType = "";
			PrepareRequest.prototype.streamVersion = 0;
			PrepareRequest.prototype.populatedPages = 0;
			PrepareRequest.prototype.paused = false;
			PrepareRequest.prototype.windowBytes = 0;
			PrepareRequest.prototype.channels = 0;
			PrepareRequest.prototype.holdMs = null;
			PrepareRequest.prototype.hashKey = null;
			PrepareRequest.prototype.contentPages = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PrepareRequest.prototype, "_holdMs", {
				get: $util.oneOfGetter($oneOfFields = ["holdMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PrepareRequest.prototype, "_hashKey", {
				get: $util.oneOfGetter($oneOfFields = ["hashKey"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PrepareRequest.prototype, "_contentPages", {
				get: $util.oneOfGetter($oneOfFields = ["contentPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			PrepareRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.definitionJson != null && $Object.hasOwnProperty.call(message, "definitionJson") && message.definitionJson !== "")
					writer.uint32(26).string(message.definitionJson);
				if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
					writer.uint32(34).string(message.stream);
				if (message.guestType != null && $Object.hasOwnProperty.call(message, "guestType") && message.guestType !== "")
					writer.uint32(42).string(message.guestType);
				if (message.streamVersion != null && $Object.hasOwnProperty.call(message, "streamVersion") && message.streamVersion !== 0)
					writer.uint32(48).uint32(message.streamVersion);
				if (message.populatedPages != null && $Object.hasOwnProperty.call(message, "populatedPages") && !$Object.is(message.populatedPages, 0))
					writer.uint32(57).double(message.populatedPages);
				if (message.paused != null && $Object.hasOwnProperty.call(message, "paused") && message.paused !== false)
					writer.uint32(64).bool(message.paused);
				if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && !$Object.is(message.windowBytes, 0))
					writer.uint32(73).double(message.windowBytes);
				if (message.channels != null && $Object.hasOwnProperty.call(message, "channels") && message.channels !== 0)
					writer.uint32(80).uint32(message.channels);
				if (message.holdMs != null && $Object.hasOwnProperty.call(message, "holdMs"))
					writer.uint32(105).double(message.holdMs);
				if (message.hashKey != null && $Object.hasOwnProperty.call(message, "hashKey"))
					writer.uint32(113).double(message.hashKey);
				if (message.contentPages != null && $Object.hasOwnProperty.call(message, "contentPages"))
					writer.uint32(121).double(message.contentPages);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PrepareRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PrepareRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.definitionJson = value;
							else
								delete message.definitionJson;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.stream = value;
							else
								delete message.stream;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.guestType = value;
							else
								delete message.guestType;
							continue;
						}
					case 6: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.streamVersion = value;
							else
								delete message.streamVersion;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.populatedPages = value;
							else
								delete message.populatedPages;
							continue;
						}
					case 8: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.paused = value;
							else
								delete message.paused;
							continue;
						}
					case 9: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.windowBytes = value;
							else
								delete message.windowBytes;
							continue;
						}
					case 10: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.channels = value;
							else
								delete message.channels;
							continue;
						}
					case 13: {
							if (wireType !== 1)
								break;
							message.holdMs = reader.double();
							message._holdMs = "holdMs";
							continue;
						}
					case 14: {
							if (wireType !== 1)
								break;
							message.hashKey = reader.double();
							message._hashKey = "hashKey";
							continue;
						}
					case 15: {
							if (wireType !== 1)
								break;
							message.contentPages = reader.double();
							message._contentPages = "contentPages";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PrepareRequest;
		})();

		control.PrepareReply = (function() {

			const PrepareReply = function (properties) {
				this.appliedBytes = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PrepareReply.prototype.dataPort = 0;
			PrepareReply.prototype.token = $util.newBuffer([]);
			PrepareReply.prototype.windowBytes = 0;
			PrepareReply.prototype.channels = 0;
			PrepareReply.prototype.appliedBytes = $util.emptyArray;
			PrepareReply.prototype.populateMs = null;
			PrepareReply.prototype.processStartMs = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PrepareReply.prototype, "_populateMs", {
				get: $util.oneOfGetter($oneOfFields = ["populateMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(PrepareReply.prototype, "_processStartMs", {
				get: $util.oneOfGetter($oneOfFields = ["processStartMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			PrepareReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.dataPort != null && $Object.hasOwnProperty.call(message, "dataPort") && message.dataPort !== 0)
					writer.uint32(8).uint32(message.dataPort);
				if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token.length)
					writer.uint32(18).bytes(message.token);
				if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && !$Object.is(message.windowBytes, 0))
					writer.uint32(25).double(message.windowBytes);
				if (message.channels != null && $Object.hasOwnProperty.call(message, "channels") && message.channels !== 0)
					writer.uint32(32).uint32(message.channels);
				if (message.appliedBytes != null && message.appliedBytes.length)
					for (let i = 0; i < message.appliedBytes.length; ++i)
						writer.uint32(41).double(message.appliedBytes[i]);
				if (message.populateMs != null && $Object.hasOwnProperty.call(message, "populateMs"))
					writer.uint32(49).double(message.populateMs);
				if (message.processStartMs != null && $Object.hasOwnProperty.call(message, "processStartMs"))
					writer.uint32(57).double(message.processStartMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PrepareReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PrepareReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.dataPort = value;
							else
								delete message.dataPort;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.bytes()).length)
								message.token = value;
							else
								delete message.token;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.windowBytes = value;
							else
								delete message.windowBytes;
							continue;
						}
					case 4: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.channels = value;
							else
								delete message.channels;
							continue;
						}
					case 5: {
							if (wireType === 2) {
								if (!(message.appliedBytes && message.appliedBytes.length))
									message.appliedBytes = [];
								reader.doubles(message.appliedBytes);
								continue;
							}
							if (wireType !== 1)
								break;
							if (!(message.appliedBytes && message.appliedBytes.length))
								message.appliedBytes = [];
							message.appliedBytes.push(reader.double());
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							message.populateMs = reader.double();
							message._populateMs = "populateMs";
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							message.processStartMs = reader.double();
							message._processStartMs = "processStartMs";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PrepareReply;
		})();

		control.LinkProbeRequest = (function() {

			const LinkProbeRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			LinkProbeRequest.prototype.id = "";
			LinkProbeRequest.prototype.mostPages = 0;
			LinkProbeRequest.prototype.windowBytes = 0;
			LinkProbeRequest.prototype.channels = 0;
			LinkProbeRequest.prototype.hashKey = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(LinkProbeRequest.prototype, "_hashKey", {
				get: $util.oneOfGetter($oneOfFields = ["hashKey"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			LinkProbeRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.mostPages != null && $Object.hasOwnProperty.call(message, "mostPages") && !$Object.is(message.mostPages, 0))
					writer.uint32(17).double(message.mostPages);
				if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && !$Object.is(message.windowBytes, 0))
					writer.uint32(25).double(message.windowBytes);
				if (message.channels != null && $Object.hasOwnProperty.call(message, "channels") && message.channels !== 0)
					writer.uint32(32).uint32(message.channels);
				if (message.hashKey != null && $Object.hasOwnProperty.call(message, "hashKey"))
					writer.uint32(41).double(message.hashKey);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			LinkProbeRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.LinkProbeRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.mostPages = value;
							else
								delete message.mostPages;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.windowBytes = value;
							else
								delete message.windowBytes;
							continue;
						}
					case 4: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.channels = value;
							else
								delete message.channels;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							message.hashKey = reader.double();
							message._hashKey = "hashKey";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return LinkProbeRequest;
		})();

		control.ResumeRequest = (function() {

			const ResumeRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ResumeRequest.prototype.migrationId = "";
			ResumeRequest.prototype.incarnation = 0;
			ResumeRequest.prototype.link = 0;
			ResumeRequest.prototype.windowBytes = 0;
			ResumeRequest.prototype.channels = 0;
			ResumeRequest.prototype.hashKey = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ResumeRequest.prototype, "_hashKey", {
				get: $util.oneOfGetter($oneOfFields = ["hashKey"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			ResumeRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.link != null && $Object.hasOwnProperty.call(message, "link") && message.link !== 0)
					writer.uint32(24).uint32(message.link);
				if (message.windowBytes != null && $Object.hasOwnProperty.call(message, "windowBytes") && !$Object.is(message.windowBytes, 0))
					writer.uint32(33).double(message.windowBytes);
				if (message.channels != null && $Object.hasOwnProperty.call(message, "channels") && message.channels !== 0)
					writer.uint32(40).uint32(message.channels);
				if (message.hashKey != null && $Object.hasOwnProperty.call(message, "hashKey"))
					writer.uint32(49).double(message.hashKey);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ResumeRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ResumeRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.link = value;
							else
								delete message.link;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.windowBytes = value;
							else
								delete message.windowBytes;
							continue;
						}
					case 5: {
							if (wireType !== 0)
								break;
							if (value = reader.uint32())
								message.channels = value;
							else
								delete message.channels;
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							message.hashKey = reader.double();
							message._hashKey = "hashKey";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ResumeRequest;
		})();

		control.PageHashesRequest = (function() {

			const PageHashesRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PageHashesRequest.prototype.migrationId = "";
			PageHashesRequest.prototype.incarnation = 0;
			PageHashesRequest.prototype.hashKey = 0;
			PageHashesRequest.prototype.of = "";
			PageHashesRequest.prototype.first = 0;
			PageHashesRequest.prototype.count = 0;

			PageHashesRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.hashKey != null && $Object.hasOwnProperty.call(message, "hashKey") && !$Object.is(message.hashKey, 0))
					writer.uint32(25).double(message.hashKey);
				if (message.of != null && $Object.hasOwnProperty.call(message, "of") && message.of !== "")
					writer.uint32(34).string(message.of);
				if (message.first != null && $Object.hasOwnProperty.call(message, "first") && !$Object.is(message.first, 0))
					writer.uint32(41).double(message.first);
				if (message.count != null && $Object.hasOwnProperty.call(message, "count") && !$Object.is(message.count, 0))
					writer.uint32(49).double(message.count);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PageHashesRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PageHashesRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.hashKey = value;
							else
								delete message.hashKey;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.of = value;
							else
								delete message.of;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.first = value;
							else
								delete message.first;
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.count = value;
							else
								delete message.count;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PageHashesRequest;
		})();

		control.PageHashesReply = (function() {

			const PageHashesReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PageHashesReply.prototype.hashes = $util.newBuffer([]);

			PageHashesReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.hashes != null && $Object.hasOwnProperty.call(message, "hashes") && message.hashes.length)
					writer.uint32(10).bytes(message.hashes);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PageHashesReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PageHashesReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.bytes()).length)
								message.hashes = value;
							else
								delete message.hashes;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PageHashesReply;
		})();

		control.DiskStreamRequest = (function() {

			const DiskStreamRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			DiskStreamRequest.prototype.migrationId = "";
			DiskStreamRequest.prototype.incarnation = 0;
			DiskStreamRequest.prototype.node = "";

			DiskStreamRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
					writer.uint32(26).string(message.node);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			DiskStreamRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.DiskStreamRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.node = value;
							else
								delete message.node;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return DiskStreamRequest;
		})();

		control.PeerConsoleRequest = (function() {

			const PeerConsoleRequest = function (properties) {
				this.path = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PeerConsoleRequest.prototype.migrationId = "";
			PeerConsoleRequest.prototype.incarnation = 0;
			PeerConsoleRequest.prototype.receivedBytes = 0;
			PeerConsoleRequest.prototype.path = $util.emptyArray;

			PeerConsoleRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.receivedBytes != null && $Object.hasOwnProperty.call(message, "receivedBytes") && !$Object.is(message.receivedBytes, 0))
					writer.uint32(25).double(message.receivedBytes);
				if (message.path != null && message.path.length)
					for (let i = 0; i < message.path.length; ++i)
						writer.uint32(34).string(message.path[i]);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PeerConsoleRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PeerConsoleRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.receivedBytes = value;
							else
								delete message.receivedBytes;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if (!(message.path && message.path.length))
								message.path = [];
							message.path.push(reader.stringVerify());
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PeerConsoleRequest;
		})();

		control.ConsoleMoved = (function() {

			const ConsoleMoved = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ConsoleMoved.prototype.host = "";
			ConsoleMoved.prototype.migrationId = "";
			ConsoleMoved.prototype.incarnation = 0;

			ConsoleMoved.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(10).string(message.host);
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(18).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(25).double(message.incarnation);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ConsoleMoved.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ConsoleMoved();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ConsoleMoved;
		})();

		control.ReadyEvent = (function() {

			const ReadyEvent = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ReadyEvent.prototype.incarnation = 0;
			ReadyEvent.prototype.pagesReceived = 0;
			ReadyEvent.prototype.bytesReceived = 0;
			ReadyEvent.prototype.loadMs = 0;

			ReadyEvent.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(9).double(message.incarnation);
				if (message.pagesReceived != null && $Object.hasOwnProperty.call(message, "pagesReceived") && !$Object.is(message.pagesReceived, 0))
					writer.uint32(17).double(message.pagesReceived);
				if (message.bytesReceived != null && $Object.hasOwnProperty.call(message, "bytesReceived") && !$Object.is(message.bytesReceived, 0))
					writer.uint32(25).double(message.bytesReceived);
				if (message.loadMs != null && $Object.hasOwnProperty.call(message, "loadMs") && !$Object.is(message.loadMs, 0))
					writer.uint32(33).double(message.loadMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ReadyEvent.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ReadyEvent();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pagesReceived = value;
							else
								delete message.pagesReceived;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytesReceived = value;
							else
								delete message.bytesReceived;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.loadMs = value;
							else
								delete message.loadMs;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ReadyEvent;
		})();

		control.GoRequest = (function() {

			const GoRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			GoRequest.prototype.migrationId = "";
			GoRequest.prototype.incarnation = 0;
			GoRequest.prototype.epoch = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(GoRequest.prototype, "_epoch", {
				get: $util.oneOfGetter($oneOfFields = ["epoch"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			GoRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
					writer.uint32(25).double(message.epoch);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			GoRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.GoRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							message.epoch = reader.double();
							message._epoch = "epoch";
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return GoRequest;
		})();

		control.RunningReply = (function() {

			const RunningReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			RunningReply.prototype.incarnation = 0;
			RunningReply.prototype.firstStepNs = null;
			RunningReply.prototype.resumeMs = 0;
			RunningReply.prototype.sinceFirstStepMs = 0;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(RunningReply.prototype, "_firstStepNs", {
				get: $util.oneOfGetter($oneOfFields = ["firstStepNs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			RunningReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(9).double(message.incarnation);
				if (message.firstStepNs != null && $Object.hasOwnProperty.call(message, "firstStepNs"))
					writer.uint32(17).double(message.firstStepNs);
				if (message.resumeMs != null && $Object.hasOwnProperty.call(message, "resumeMs") && !$Object.is(message.resumeMs, 0))
					writer.uint32(25).double(message.resumeMs);
				if (message.sinceFirstStepMs != null && $Object.hasOwnProperty.call(message, "sinceFirstStepMs") && !$Object.is(message.sinceFirstStepMs, 0))
					writer.uint32(33).double(message.sinceFirstStepMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			RunningReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.RunningReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							message.firstStepNs = reader.double();
							message._firstStepNs = "firstStepNs";
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.resumeMs = value;
							else
								delete message.resumeMs;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.sinceFirstStepMs = value;
							else
								delete message.sinceFirstStepMs;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return RunningReply;
		})();

		control.ReceiverProgress = (function() {

			const ReceiverProgress = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ReceiverProgress.prototype.pagesReceived = 0;
			ReceiverProgress.prototype.bytesReceived = 0;

			ReceiverProgress.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.pagesReceived != null && $Object.hasOwnProperty.call(message, "pagesReceived") && !$Object.is(message.pagesReceived, 0))
					writer.uint32(9).double(message.pagesReceived);
				if (message.bytesReceived != null && $Object.hasOwnProperty.call(message, "bytesReceived") && !$Object.is(message.bytesReceived, 0))
					writer.uint32(17).double(message.bytesReceived);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ReceiverProgress.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ReceiverProgress();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pagesReceived = value;
							else
								delete message.pagesReceived;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytesReceived = value;
							else
								delete message.bytesReceived;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ReceiverProgress;
		})();

		control.PeerAbort = (function() {

			const PeerAbort = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			PeerAbort.prototype.migrationId = "";
			PeerAbort.prototype.fault = null;

			PeerAbort.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.fault != null && $Object.hasOwnProperty.call(message, "fault"))
					$root.sterna.control.Fault.encode(message.fault, writer.uint32(18).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			PeerAbort.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.PeerAbort();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							message.fault = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.fault);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return PeerAbort;
		})();

		control.OutcomeQuery = (function() {

			const OutcomeQuery = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			OutcomeQuery.prototype.migrationId = "";
			OutcomeQuery.prototype.incarnation = 0;
			OutcomeQuery.prototype.declineIfReady = false;
			OutcomeQuery.prototype.domain = "";

			OutcomeQuery.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.declineIfReady != null && $Object.hasOwnProperty.call(message, "declineIfReady") && message.declineIfReady !== false)
					writer.uint32(24).bool(message.declineIfReady);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(34).string(message.domain);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			OutcomeQuery.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.OutcomeQuery();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.declineIfReady = value;
							else
								delete message.declineIfReady;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return OutcomeQuery;
		})();

		control.OutcomeReply = (function() {

			const OutcomeReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			OutcomeReply.prototype.state = "";
			OutcomeReply.prototype.incarnation = 0;
			OutcomeReply.prototype.link = null;
			OutcomeReply.prototype.fault = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(OutcomeReply.prototype, "_link", {
				get: $util.oneOfGetter($oneOfFields = ["link"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			OutcomeReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
					writer.uint32(10).string(message.state);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.link != null && $Object.hasOwnProperty.call(message, "link"))
					writer.uint32(24).uint32(message.link);
				if (message.fault != null && $Object.hasOwnProperty.call(message, "fault"))
					$root.sterna.control.Fault.encode(message.fault, writer.uint32(34).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			OutcomeReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.OutcomeReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.state = value;
							else
								delete message.state;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							message.link = reader.uint32();
							message._link = "link";
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							message.fault = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.fault);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return OutcomeReply;
		})();

		control.ProtectRequest = (function() {

			const ProtectRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ProtectRequest.prototype.domain = "";
			ProtectRequest.prototype.host = "";
			ProtectRequest.prototype.detach = false;
			ProtectRequest.prototype.stream = "";
			ProtectRequest.prototype.tee = "";
			ProtectRequest.prototype.transfer = null;
			ProtectRequest.prototype.checkpoints = null;
			ProtectRequest.prototype.unsafeOutput = false;
			ProtectRequest.prototype.limits = null;

			ProtectRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(18).string(message.host);
				if (message.detach != null && $Object.hasOwnProperty.call(message, "detach") && message.detach !== false)
					writer.uint32(24).bool(message.detach);
				if (message.stream != null && $Object.hasOwnProperty.call(message, "stream") && message.stream !== "")
					writer.uint32(34).string(message.stream);
				if (message.tee != null && $Object.hasOwnProperty.call(message, "tee") && message.tee !== "")
					writer.uint32(42).string(message.tee);
				if (message.transfer != null && $Object.hasOwnProperty.call(message, "transfer"))
					$root.sterna.control.TransferOptions.encode(message.transfer, writer.uint32(50).fork(), _depth + 1).ldelim();
				if (message.checkpoints != null && $Object.hasOwnProperty.call(message, "checkpoints"))
					$root.sterna.control.CheckpointOptions.encode(message.checkpoints, writer.uint32(58).fork(), _depth + 1).ldelim();
				if (message.unsafeOutput != null && $Object.hasOwnProperty.call(message, "unsafeOutput") && message.unsafeOutput !== false)
					writer.uint32(64).bool(message.unsafeOutput);
				if (message.limits != null && $Object.hasOwnProperty.call(message, "limits"))
					$root.sterna.control.PolicyLimits.encode(message.limits, writer.uint32(74).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ProtectRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ProtectRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.detach = value;
							else
								delete message.detach;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.stream = value;
							else
								delete message.stream;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.tee = value;
							else
								delete message.tee;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							message.transfer = $root.sterna.control.TransferOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.transfer);
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							message.checkpoints = $root.sterna.control.CheckpointOptions.decode(reader, reader.size(), $undefined, _depth + 1, message.checkpoints);
							continue;
						}
					case 8: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.unsafeOutput = value;
							else
								delete message.unsafeOutput;
							continue;
						}
					case 9: {
							if (wireType !== 2)
								break;
							message.limits = $root.sterna.control.PolicyLimits.decode(reader, reader.size(), $undefined, _depth + 1, message.limits);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ProtectRequest;
		})();

		control.CheckpointOptions = (function() {

			const CheckpointOptions = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			CheckpointOptions.prototype.intervalMs = null;
			CheckpointOptions.prototype.maxLagMs = null;
			CheckpointOptions.prototype.maxAddedLatencyMs = null;
			CheckpointOptions.prototype.maxSlowdownPercent = null;
			CheckpointOptions.prototype.inFlight = null;
			CheckpointOptions.prototype.stagingBytes = null;
			CheckpointOptions.prototype.onStandbyLoss = "";

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(CheckpointOptions.prototype, "_intervalMs", {
				get: $util.oneOfGetter($oneOfFields = ["intervalMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(CheckpointOptions.prototype, "_maxLagMs", {
				get: $util.oneOfGetter($oneOfFields = ["maxLagMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(CheckpointOptions.prototype, "_maxAddedLatencyMs", {
				get: $util.oneOfGetter($oneOfFields = ["maxAddedLatencyMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(CheckpointOptions.prototype, "_maxSlowdownPercent", {
				get: $util.oneOfGetter($oneOfFields = ["maxSlowdownPercent"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(CheckpointOptions.prototype, "_inFlight", {
				get: $util.oneOfGetter($oneOfFields = ["inFlight"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(CheckpointOptions.prototype, "_stagingBytes", {
				get: $util.oneOfGetter($oneOfFields = ["stagingBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			CheckpointOptions.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.intervalMs != null && $Object.hasOwnProperty.call(message, "intervalMs"))
					writer.uint32(9).double(message.intervalMs);
				if (message.maxLagMs != null && $Object.hasOwnProperty.call(message, "maxLagMs"))
					writer.uint32(17).double(message.maxLagMs);
				if (message.maxAddedLatencyMs != null && $Object.hasOwnProperty.call(message, "maxAddedLatencyMs"))
					writer.uint32(25).double(message.maxAddedLatencyMs);
				if (message.maxSlowdownPercent != null && $Object.hasOwnProperty.call(message, "maxSlowdownPercent"))
					writer.uint32(33).double(message.maxSlowdownPercent);
				if (message.inFlight != null && $Object.hasOwnProperty.call(message, "inFlight"))
					writer.uint32(40).uint32(message.inFlight);
				if (message.stagingBytes != null && $Object.hasOwnProperty.call(message, "stagingBytes"))
					writer.uint32(49).double(message.stagingBytes);
				if (message.onStandbyLoss != null && $Object.hasOwnProperty.call(message, "onStandbyLoss") && message.onStandbyLoss !== "")
					writer.uint32(58).string(message.onStandbyLoss);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			CheckpointOptions.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.CheckpointOptions();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							message.intervalMs = reader.double();
							message._intervalMs = "intervalMs";
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							message.maxLagMs = reader.double();
							message._maxLagMs = "maxLagMs";
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							message.maxAddedLatencyMs = reader.double();
							message._maxAddedLatencyMs = "maxAddedLatencyMs";
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							message.maxSlowdownPercent = reader.double();
							message._maxSlowdownPercent = "maxSlowdownPercent";
							continue;
						}
					case 5: {
							if (wireType !== 0)
								break;
							message.inFlight = reader.uint32();
							message._inFlight = "inFlight";
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							message.stagingBytes = reader.double();
							message._stagingBytes = "stagingBytes";
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.onStandbyLoss = value;
							else
								delete message.onStandbyLoss;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return CheckpointOptions;
		})();

		control.UnprotectRequest = (function() {

			const UnprotectRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			UnprotectRequest.prototype.domain = "";
			UnprotectRequest.prototype.force = false;

			UnprotectRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.force != null && $Object.hasOwnProperty.call(message, "force") && message.force !== false)
					writer.uint32(16).bool(message.force);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			UnprotectRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.UnprotectRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.force = value;
							else
								delete message.force;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return UnprotectRequest;
		})();

		control.FailoverRequest = (function() {

			const FailoverRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			FailoverRequest.prototype.domain = "";
			FailoverRequest.prototype.sourceIsDead = false;
			FailoverRequest.prototype.planned = false;

			FailoverRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.sourceIsDead != null && $Object.hasOwnProperty.call(message, "sourceIsDead") && message.sourceIsDead !== false)
					writer.uint32(16).bool(message.sourceIsDead);
				if (message.planned != null && $Object.hasOwnProperty.call(message, "planned") && message.planned !== false)
					writer.uint32(24).bool(message.planned);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			FailoverRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.FailoverRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.sourceIsDead = value;
							else
								delete message.sourceIsDead;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.planned = value;
							else
								delete message.planned;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return FailoverRequest;
		})();

		control.FailoverReply = (function() {

			const FailoverReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			FailoverReply.prototype.domain = "";
			FailoverReply.prototype.id = "";
			FailoverReply.prototype.planned = false;
			FailoverReply.prototype.epoch = 0;
			FailoverReply.prototype.incarnation = 0;
			FailoverReply.prototype.decidedToRunningMs = 0;
			FailoverReply.prototype.runsOn = "";
			FailoverReply.prototype.because = "";

			FailoverReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(18).string(message.id);
				if (message.planned != null && $Object.hasOwnProperty.call(message, "planned") && message.planned !== false)
					writer.uint32(24).bool(message.planned);
				if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && !$Object.is(message.epoch, 0))
					writer.uint32(33).double(message.epoch);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(41).double(message.incarnation);
				if (message.decidedToRunningMs != null && $Object.hasOwnProperty.call(message, "decidedToRunningMs") && !$Object.is(message.decidedToRunningMs, 0))
					writer.uint32(49).double(message.decidedToRunningMs);
				if (message.runsOn != null && $Object.hasOwnProperty.call(message, "runsOn") && message.runsOn !== "")
					writer.uint32(58).string(message.runsOn);
				if (message.because != null && $Object.hasOwnProperty.call(message, "because") && message.because !== "")
					writer.uint32(66).string(message.because);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			FailoverReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.FailoverReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.planned = value;
							else
								delete message.planned;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.epoch = value;
							else
								delete message.epoch;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 6: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.decidedToRunningMs = value;
							else
								delete message.decidedToRunningMs;
							continue;
						}
					case 7: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.runsOn = value;
							else
								delete message.runsOn;
							continue;
						}
					case 8: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.because = value;
							else
								delete message.because;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return FailoverReply;
		})();

		control.ProtectionsRequest = (function() {

			const ProtectionsRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ProtectionsRequest.prototype.domain = "";

			ProtectionsRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(10).string(message.domain);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ProtectionsRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ProtectionsRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ProtectionsRequest;
		})();

		control.ProtectionsReply = (function() {

			const ProtectionsReply = function (properties) {
				this.protections = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ProtectionsReply.prototype.protections = $util.emptyArray;
			ProtectionsReply.prototype.host = "";

			ProtectionsReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.protections != null && message.protections.length)
					for (let i = 0; i < message.protections.length; ++i)
						$root.sterna.control.ProtectionStatus.encode(message.protections[i], writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
					writer.uint32(18).string(message.host);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ProtectionsReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ProtectionsReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if (!(message.protections && message.protections.length))
								message.protections = [];
							message.protections.push($root.sterna.control.ProtectionStatus.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.host = value;
							else
								delete message.host;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ProtectionsReply;
		})();

		control.ProtectionStatus = (function() {

			const ProtectionStatus = function (properties) {
				this.lastCheckpoints = [];
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			ProtectionStatus.prototype.id = "";
			ProtectionStatus.prototype.domain = "";
			ProtectionStatus.prototype.role = "";
			ProtectionStatus.prototype.peer = "";
			ProtectionStatus.prototype.phase = "";
			ProtectionStatus.prototype.reason = "";
			ProtectionStatus.prototype.sinceMs = 0;
			ProtectionStatus.prototype.startedAtMs = 0;
			ProtectionStatus.prototype.incarnation = 0;
			ProtectionStatus.prototype.epoch = 0;
			ProtectionStatus.prototype.committedEpoch = 0;
			ProtectionStatus.prototype.intervalMs = null;
			ProtectionStatus.prototype.ackLagMs = null;
			ProtectionStatus.prototype.lagEpochs = null;
			ProtectionStatus.prototype.heldOutputBytes = null;
			ProtectionStatus.prototype.heldOutputItems = null;
			ProtectionStatus.prototype.pauseMs = null;
			ProtectionStatus.prototype.pauseMedianMs = null;
			ProtectionStatus.prototype.pauseP99Ms = null;
			ProtectionStatus.prototype.pagesPerCheckpoint = null;
			ProtectionStatus.prototype.bytesPerSecond = null;
			ProtectionStatus.prototype.checkpointsPerSecond = null;
			ProtectionStatus.prototype.slowdownPercent = null;
			ProtectionStatus.prototype.addedLatencyMs = null;
			ProtectionStatus.prototype.bindingObjective = "";
			ProtectionStatus.prototype.alarm = "";
			ProtectionStatus.prototype.leaseStore = "";
			ProtectionStatus.prototype.leaseLeftMs = null;
			ProtectionStatus.prototype.error = null;
			ProtectionStatus.prototype.lastCheckpoints = $util.emptyArray;
			ProtectionStatus.prototype.stagingBytes = null;
			ProtectionStatus.prototype.overflowPages = null;
			ProtectionStatus.prototype.diskBytesPerSecond = null;
			ProtectionStatus.prototype.precopy = null;

			let $oneOfFields;

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_intervalMs", {
				get: $util.oneOfGetter($oneOfFields = ["intervalMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_ackLagMs", {
				get: $util.oneOfGetter($oneOfFields = ["ackLagMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_lagEpochs", {
				get: $util.oneOfGetter($oneOfFields = ["lagEpochs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_heldOutputBytes", {
				get: $util.oneOfGetter($oneOfFields = ["heldOutputBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_heldOutputItems", {
				get: $util.oneOfGetter($oneOfFields = ["heldOutputItems"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_pauseMs", {
				get: $util.oneOfGetter($oneOfFields = ["pauseMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_pauseMedianMs", {
				get: $util.oneOfGetter($oneOfFields = ["pauseMedianMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_pauseP99Ms", {
				get: $util.oneOfGetter($oneOfFields = ["pauseP99Ms"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_pagesPerCheckpoint", {
				get: $util.oneOfGetter($oneOfFields = ["pagesPerCheckpoint"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_bytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["bytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_checkpointsPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["checkpointsPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_slowdownPercent", {
				get: $util.oneOfGetter($oneOfFields = ["slowdownPercent"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_addedLatencyMs", {
				get: $util.oneOfGetter($oneOfFields = ["addedLatencyMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_leaseLeftMs", {
				get: $util.oneOfGetter($oneOfFields = ["leaseLeftMs"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_stagingBytes", {
				get: $util.oneOfGetter($oneOfFields = ["stagingBytes"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_overflowPages", {
				get: $util.oneOfGetter($oneOfFields = ["overflowPages"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			// Virtual OneOf for proto3 optional field
			$Object.defineProperty(ProtectionStatus.prototype, "_diskBytesPerSecond", {
				get: $util.oneOfGetter($oneOfFields = ["diskBytesPerSecond"]),
				set: $util.oneOfSetter($oneOfFields)
			});

			ProtectionStatus.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
					writer.uint32(10).string(message.id);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(18).string(message.domain);
				if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
					writer.uint32(26).string(message.role);
				if (message.peer != null && $Object.hasOwnProperty.call(message, "peer") && message.peer !== "")
					writer.uint32(34).string(message.peer);
				if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== "")
					writer.uint32(42).string(message.phase);
				if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
					writer.uint32(50).string(message.reason);
				if (message.sinceMs != null && $Object.hasOwnProperty.call(message, "sinceMs") && !$Object.is(message.sinceMs, 0))
					writer.uint32(57).double(message.sinceMs);
				if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && !$Object.is(message.startedAtMs, 0))
					writer.uint32(65).double(message.startedAtMs);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(73).double(message.incarnation);
				if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && !$Object.is(message.epoch, 0))
					writer.uint32(81).double(message.epoch);
				if (message.committedEpoch != null && $Object.hasOwnProperty.call(message, "committedEpoch") && !$Object.is(message.committedEpoch, 0))
					writer.uint32(89).double(message.committedEpoch);
				if (message.intervalMs != null && $Object.hasOwnProperty.call(message, "intervalMs"))
					writer.uint32(97).double(message.intervalMs);
				if (message.ackLagMs != null && $Object.hasOwnProperty.call(message, "ackLagMs"))
					writer.uint32(105).double(message.ackLagMs);
				if (message.lagEpochs != null && $Object.hasOwnProperty.call(message, "lagEpochs"))
					writer.uint32(113).double(message.lagEpochs);
				if (message.heldOutputBytes != null && $Object.hasOwnProperty.call(message, "heldOutputBytes"))
					writer.uint32(121).double(message.heldOutputBytes);
				if (message.heldOutputItems != null && $Object.hasOwnProperty.call(message, "heldOutputItems"))
					writer.uint32(129).double(message.heldOutputItems);
				if (message.pauseMs != null && $Object.hasOwnProperty.call(message, "pauseMs"))
					writer.uint32(137).double(message.pauseMs);
				if (message.pauseMedianMs != null && $Object.hasOwnProperty.call(message, "pauseMedianMs"))
					writer.uint32(145).double(message.pauseMedianMs);
				if (message.pauseP99Ms != null && $Object.hasOwnProperty.call(message, "pauseP99Ms"))
					writer.uint32(153).double(message.pauseP99Ms);
				if (message.pagesPerCheckpoint != null && $Object.hasOwnProperty.call(message, "pagesPerCheckpoint"))
					writer.uint32(161).double(message.pagesPerCheckpoint);
				if (message.bytesPerSecond != null && $Object.hasOwnProperty.call(message, "bytesPerSecond"))
					writer.uint32(169).double(message.bytesPerSecond);
				if (message.checkpointsPerSecond != null && $Object.hasOwnProperty.call(message, "checkpointsPerSecond"))
					writer.uint32(177).double(message.checkpointsPerSecond);
				if (message.slowdownPercent != null && $Object.hasOwnProperty.call(message, "slowdownPercent"))
					writer.uint32(185).double(message.slowdownPercent);
				if (message.addedLatencyMs != null && $Object.hasOwnProperty.call(message, "addedLatencyMs"))
					writer.uint32(193).double(message.addedLatencyMs);
				if (message.bindingObjective != null && $Object.hasOwnProperty.call(message, "bindingObjective") && message.bindingObjective !== "")
					writer.uint32(202).string(message.bindingObjective);
				if (message.alarm != null && $Object.hasOwnProperty.call(message, "alarm") && message.alarm !== "")
					writer.uint32(210).string(message.alarm);
				if (message.leaseStore != null && $Object.hasOwnProperty.call(message, "leaseStore") && message.leaseStore !== "")
					writer.uint32(218).string(message.leaseStore);
				if (message.leaseLeftMs != null && $Object.hasOwnProperty.call(message, "leaseLeftMs"))
					writer.uint32(225).double(message.leaseLeftMs);
				if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
					$root.sterna.control.Fault.encode(message.error, writer.uint32(234).fork(), _depth + 1).ldelim();
				if (message.lastCheckpoints != null && message.lastCheckpoints.length)
					for (let i = 0; i < message.lastCheckpoints.length; ++i)
						$root.sterna.control.CheckpointInfo.encode(message.lastCheckpoints[i], writer.uint32(242).fork(), _depth + 1).ldelim();
				if (message.stagingBytes != null && $Object.hasOwnProperty.call(message, "stagingBytes"))
					writer.uint32(249).double(message.stagingBytes);
				if (message.overflowPages != null && $Object.hasOwnProperty.call(message, "overflowPages"))
					writer.uint32(257).double(message.overflowPages);
				if (message.diskBytesPerSecond != null && $Object.hasOwnProperty.call(message, "diskBytesPerSecond"))
					writer.uint32(265).double(message.diskBytesPerSecond);
				if (message.precopy != null && $Object.hasOwnProperty.call(message, "precopy"))
					$root.sterna.control.MigrationStatus.encode(message.precopy, writer.uint32(274).fork(), _depth + 1).ldelim();
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			ProtectionStatus.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.ProtectionStatus();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.id = value;
							else
								delete message.id;
							continue;
						}
					case 2: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.role = value;
							else
								delete message.role;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.peer = value;
							else
								delete message.peer;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.phase = value;
							else
								delete message.phase;
							continue;
						}
					case 6: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.reason = value;
							else
								delete message.reason;
							continue;
						}
					case 7: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.sinceMs = value;
							else
								delete message.sinceMs;
							continue;
						}
					case 8: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.startedAtMs = value;
							else
								delete message.startedAtMs;
							continue;
						}
					case 9: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 10: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.epoch = value;
							else
								delete message.epoch;
							continue;
						}
					case 11: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.committedEpoch = value;
							else
								delete message.committedEpoch;
							continue;
						}
					case 12: {
							if (wireType !== 1)
								break;
							message.intervalMs = reader.double();
							message._intervalMs = "intervalMs";
							continue;
						}
					case 13: {
							if (wireType !== 1)
								break;
							message.ackLagMs = reader.double();
							message._ackLagMs = "ackLagMs";
							continue;
						}
					case 14: {
							if (wireType !== 1)
								break;
							message.lagEpochs = reader.double();
							message._lagEpochs = "lagEpochs";
							continue;
						}
					case 15: {
							if (wireType !== 1)
								break;
							message.heldOutputBytes = reader.double();
							message._heldOutputBytes = "heldOutputBytes";
							continue;
						}
					case 16: {
							if (wireType !== 1)
								break;
							message.heldOutputItems = reader.double();
							message._heldOutputItems = "heldOutputItems";
							continue;
						}
					case 17: {
							if (wireType !== 1)
								break;
							message.pauseMs = reader.double();
							message._pauseMs = "pauseMs";
							continue;
						}
					case 18: {
							if (wireType !== 1)
								break;
							message.pauseMedianMs = reader.double();
							message._pauseMedianMs = "pauseMedianMs";
							continue;
						}
					case 19: {
							if (wireType !== 1)
								break;
							message.pauseP99Ms = reader.double();
							message._pauseP99Ms = "pauseP99Ms";
							continue;
						}
					case 20: {
							if (wireType !== 1)
								break;
							message.pagesPerCheckpoint = reader.double();
							message._pagesPerCheckpoint = "pagesPerCheckpoint";
							continue;
						}
					case 21: {
							if (wireType !== 1)
								break;
							message.bytesPerSecond = reader.double();
							message._bytesPerSecond = "bytesPerSecond";
							continue;
						}
					case 22: {
							if (wireType !== 1)
								break;
							message.checkpointsPerSecond = reader.double();
							message._checkpointsPerSecond = "checkpointsPerSecond";
							continue;
						}
					case 23: {
							if (wireType !== 1)
								break;
							message.slowdownPercent = reader.double();
							message._slowdownPercent = "slowdownPercent";
							continue;
						}
					case 24: {
							if (wireType !== 1)
								break;
							message.addedLatencyMs = reader.double();
							message._addedLatencyMs = "addedLatencyMs";
							continue;
						}
					case 25: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.bindingObjective = value;
							else
								delete message.bindingObjective;
							continue;
						}
					case 26: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.alarm = value;
							else
								delete message.alarm;
							continue;
						}
					case 27: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.leaseStore = value;
							else
								delete message.leaseStore;
							continue;
						}
					case 28: {
							if (wireType !== 1)
								break;
							message.leaseLeftMs = reader.double();
							message._leaseLeftMs = "leaseLeftMs";
							continue;
						}
					case 29: {
							if (wireType !== 2)
								break;
							message.error = $root.sterna.control.Fault.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
							continue;
						}
					case 30: {
							if (wireType !== 2)
								break;
							if (!(message.lastCheckpoints && message.lastCheckpoints.length))
								message.lastCheckpoints = [];
							message.lastCheckpoints.push($root.sterna.control.CheckpointInfo.decode(reader, reader.size(), $undefined, _depth + 1));
							continue;
						}
					case 31: {
							if (wireType !== 1)
								break;
							message.stagingBytes = reader.double();
							message._stagingBytes = "stagingBytes";
							continue;
						}
					case 32: {
							if (wireType !== 1)
								break;
							message.overflowPages = reader.double();
							message._overflowPages = "overflowPages";
							continue;
						}
					case 33: {
							if (wireType !== 1)
								break;
							message.diskBytesPerSecond = reader.double();
							message._diskBytesPerSecond = "diskBytesPerSecond";
							continue;
						}
					case 34: {
							if (wireType !== 2)
								break;
							message.precopy = $root.sterna.control.MigrationStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.precopy);
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return ProtectionStatus;
		})();

		control.CheckpointInfo = (function() {

			const CheckpointInfo = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			CheckpointInfo.prototype.epoch = 0;
			CheckpointInfo.prototype.pages = 0;
			CheckpointInfo.prototype.bytes = 0;
			CheckpointInfo.prototype.digest = "";
			CheckpointInfo.prototype.committedAtMs = 0;

			CheckpointInfo.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && !$Object.is(message.epoch, 0))
					writer.uint32(9).double(message.epoch);
				if (message.pages != null && $Object.hasOwnProperty.call(message, "pages") && !$Object.is(message.pages, 0))
					writer.uint32(17).double(message.pages);
				if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && !$Object.is(message.bytes, 0))
					writer.uint32(25).double(message.bytes);
				if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== "")
					writer.uint32(34).string(message.digest);
				if (message.committedAtMs != null && $Object.hasOwnProperty.call(message, "committedAtMs") && !$Object.is(message.committedAtMs, 0))
					writer.uint32(41).double(message.committedAtMs);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			CheckpointInfo.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.CheckpointInfo();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.epoch = value;
							else
								delete message.epoch;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.pages = value;
							else
								delete message.pages;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.bytes = value;
							else
								delete message.bytes;
							continue;
						}
					case 4: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.digest = value;
							else
								delete message.digest;
							continue;
						}
					case 5: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.committedAtMs = value;
							else
								delete message.committedAtMs;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return CheckpointInfo;
		})();

		control.StandbyRequest = (function() {

			const StandbyRequest = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StandbyRequest.prototype.prepare = null;
			StandbyRequest.prototype.holdsOutput = false;
			StandbyRequest.prototype.leaseStore = "";
			StandbyRequest.prototype.leaseTtlMs = 0;
			StandbyRequest.prototype.uuid = "";

			StandbyRequest.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.prepare != null && $Object.hasOwnProperty.call(message, "prepare"))
					$root.sterna.control.PrepareRequest.encode(message.prepare, writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.holdsOutput != null && $Object.hasOwnProperty.call(message, "holdsOutput") && message.holdsOutput !== false)
					writer.uint32(16).bool(message.holdsOutput);
				if (message.leaseStore != null && $Object.hasOwnProperty.call(message, "leaseStore") && message.leaseStore !== "")
					writer.uint32(26).string(message.leaseStore);
				if (message.leaseTtlMs != null && $Object.hasOwnProperty.call(message, "leaseTtlMs") && !$Object.is(message.leaseTtlMs, 0))
					writer.uint32(33).double(message.leaseTtlMs);
				if (message.uuid != null && $Object.hasOwnProperty.call(message, "uuid") && message.uuid !== "")
					writer.uint32(42).string(message.uuid);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StandbyRequest.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StandbyRequest();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							message.prepare = $root.sterna.control.PrepareRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.prepare);
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.holdsOutput = value;
							else
								delete message.holdsOutput;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.leaseStore = value;
							else
								delete message.leaseStore;
							continue;
						}
					case 4: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.leaseTtlMs = value;
							else
								delete message.leaseTtlMs;
							continue;
						}
					case 5: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.uuid = value;
							else
								delete message.uuid;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StandbyRequest;
		})();

		control.StandbyReply = (function() {

			const StandbyReply = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StandbyReply.prototype.prepared = null;
			StandbyReply.prototype.hasBase = false;
			StandbyReply.prototype.committedEpoch = 0;

			StandbyReply.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.prepared != null && $Object.hasOwnProperty.call(message, "prepared"))
					$root.sterna.control.PrepareReply.encode(message.prepared, writer.uint32(10).fork(), _depth + 1).ldelim();
				if (message.hasBase != null && $Object.hasOwnProperty.call(message, "hasBase") && message.hasBase !== false)
					writer.uint32(16).bool(message.hasBase);
				if (message.committedEpoch != null && $Object.hasOwnProperty.call(message, "committedEpoch") && !$Object.is(message.committedEpoch, 0))
					writer.uint32(25).double(message.committedEpoch);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StandbyReply.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StandbyReply();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							message.prepared = $root.sterna.control.PrepareReply.decode(reader, reader.size(), $undefined, _depth + 1, message.prepared);
							continue;
						}
					case 2: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.hasBase = value;
							else
								delete message.hasBase;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.committedEpoch = value;
							else
								delete message.committedEpoch;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StandbyReply;
		})();

		control.StandbyEvent = (function() {

			const StandbyEvent = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StandbyEvent.prototype.kind = "";

			StandbyEvent.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
					writer.uint32(10).string(message.kind);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StandbyEvent.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StandbyEvent();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.kind = value;
							else
								delete message.kind;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StandbyEvent;
		})();

		control.StandbyEnd = (function() {

			const StandbyEnd = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StandbyEnd.prototype.migrationId = "";
			StandbyEnd.prototype.incarnation = 0;
			StandbyEnd.prototype.keep = false;

			StandbyEnd.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.keep != null && $Object.hasOwnProperty.call(message, "keep") && message.keep !== false)
					writer.uint32(24).bool(message.keep);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StandbyEnd.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StandbyEnd();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 0)
								break;
							if (value = reader.bool())
								message.keep = value;
							else
								delete message.keep;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StandbyEnd;
		})();

		control.StandbyQuery = (function() {

			const StandbyQuery = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StandbyQuery.prototype.migrationId = "";
			StandbyQuery.prototype.incarnation = 0;
			StandbyQuery.prototype.domain = "";

			StandbyQuery.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.migrationId != null && $Object.hasOwnProperty.call(message, "migrationId") && message.migrationId !== "")
					writer.uint32(10).string(message.migrationId);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(17).double(message.incarnation);
				if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
					writer.uint32(26).string(message.domain);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StandbyQuery.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StandbyQuery();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.migrationId = value;
							else
								delete message.migrationId;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					case 3: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.domain = value;
							else
								delete message.domain;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StandbyQuery;
		})();

		control.StandbyState = (function() {

			const StandbyState = function (properties) {
				if (properties)
					for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
						if (properties[keys[i]] != null && keys[i] !== "__proto__")
							this[keys[i]] = properties[keys[i]];
			};

			StandbyState.prototype.state = "";
			StandbyState.prototype.committedEpoch = 0;
			StandbyState.prototype.incarnation = 0;

			StandbyState.encode = function (message, writer, _depth) {
				if (!writer)
					writer = $Writer.create();
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $util.recursionLimit)
					throw $Error("max depth exceeded");
				if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
					writer.uint32(10).string(message.state);
				if (message.committedEpoch != null && $Object.hasOwnProperty.call(message, "committedEpoch") && !$Object.is(message.committedEpoch, 0))
					writer.uint32(17).double(message.committedEpoch);
				if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && !$Object.is(message.incarnation, 0))
					writer.uint32(25).double(message.incarnation);
				if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
					for (let i = 0; i < message.$unknowns.length; ++i)
						writer.raw(message.$unknowns[i]);
				return writer;
			};

			StandbyState.decode = function (reader, length, _end, _depth, _target) {
				if (!(reader instanceof $Reader))
					reader = $Reader.create(reader);
				if (_depth === $undefined)
					_depth = 0;
				if (_depth > $Reader.recursionLimit)
					throw $Error("max depth exceeded");
				let end, message, value;
				if (length === $undefined)
					end = reader.len;
				else {
					end = reader.pos + length;
					if (end > reader.len)
						throw $RangeError("index out of range");
					length = reader.len;
					reader.len = end;
				}
				message = _target || new $root.sterna.control.StandbyState();
				while (reader.pos < end) {
					let start = reader.pos;
					let tag = reader.tag();
					if (tag === _end) {
						_end = $undefined;
						break;
					}
					let wireType = tag & 7;
					switch (tag >>>= 3) {
					case 1: {
							if (wireType !== 2)
								break;
							if ((value = reader.stringVerify()).length)
								message.state = value;
							else
								delete message.state;
							continue;
						}
					case 2: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.committedEpoch = value;
							else
								delete message.committedEpoch;
							continue;
						}
					case 3: {
							if (wireType !== 1)
								break;
							if (!$Object.is(value = reader.double(), 0))
								message.incarnation = value;
							else
								delete message.incarnation;
							continue;
						}
					}
					reader.skipType(wireType, _depth, tag);
					if (!reader.discardUnknown) {
						$util.makeProp(message, "$unknowns", false);
						(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
					}
				}
				if (length !== $undefined) {
					if (reader.pos !== end)
						throw $RangeError("index out of range");
					reader.len = length;
				}
				if (_end !== $undefined)
					throw $Error("missing end group");
				return message;
			};

			return StandbyState;
		})();

		return control;
	})();

	return sterna;
})();

export {
  $root as default
};
