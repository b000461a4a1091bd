package io.tollgate.route;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;

/** An outbound route of a PBX. */
@Entity
// moving a route writes its position alone, and not over what somebody saves meanwhile
@DynamicUpdate
@Table(name = "outbound_route")
@NullUnmarked
class RouteRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private long pbxId;

	private int position;

	private long revision;

	private String name;

	@Enumerated(EnumType.STRING)
	private RouteType type;

	private boolean enabled;

	private String callerId;

	private String pins;

	private Integer blockCause;

	private String blockAnnouncement;

	private String timeZone;

	private String timeDays;

	private Integer timeFrom;

	private Integer timeTo;

	@ElementCollection
	@BatchSize(size = 100)
	@CollectionTable(name = "outbound_route_rule", joinColumns = @JoinColumn(name = "route_id"))
	@OrderColumn(name = "position")
	private List<RuleRow> rules = new ArrayList<>();

	@ElementCollection
	@BatchSize(size = 100)
	@CollectionTable(name = "outbound_route_trunk", joinColumns = @JoinColumn(name = "route_id"))
	@OrderColumn(name = "position")
	@Column(name = "endpoint")
	private List<String> trunks = new ArrayList<>();

	@ElementCollection
	@BatchSize(size = 100)
	@CollectionTable(name = "outbound_route_user", joinColumns = @JoinColumn(name = "route_id"))
	@Column(name = "extension")
	private Set<String> users = new HashSet<>();

	protected RouteRow() {
	}

	RouteRow(long pbxId, int position, OutboundRoute route) {
		this.pbxId = pbxId;
		this.position = position;
		become(route);
	}

	long getId() {
		return this.id;
	}

	long getPbxId() {
		return this.pbxId;
	}

	String getName() {
		return this.name;
	}

	String getBlockAnnouncement() {
		return this.blockAnnouncement;
	}

	String getPins() {
		return this.pins;
	}

	int getPosition() {
		return this.position;
	}

	void setPosition(int position) {
		this.position = position;
	}

	StoredRoute toStored() {
		return new StoredRoute(this.id, toRoute());
	}

	OutboundRoute toRoute() {
		var head = new RouteHead((this.id != null) ? this.id : 0, this.pbxId, this.name, this.type, this.enabled,
				this.callerId, this.pins, this.blockCause, this.blockAnnouncement, this.timeZone, this.timeDays,
				this.timeFrom, this.timeTo);
		return head.with(this.rules.stream().map(RuleRow::toRule).toList(), this.trunks, new TreeSet<>(this.users));
	}

	long getRevision() {
		return this.revision;
	}

	void become(OutboundRoute route) {
		this.revision++;
		this.name = route.name();
		this.type = route.type();
		this.enabled = route.enabled();
		this.callerId = route.callerId();
		this.pins = route.pins();
		var block = route.block();
		this.blockCause = (block != null) ? block.cause() : null;
		this.blockAnnouncement = (block != null) ? block.announcement() : "";
		var time = route.time();
		this.timeZone = (time != null) ? time.zone() : null;
		this.timeDays = (time != null) ? join(time.days()) : null;
		this.timeFrom = (time != null) ? time.from() : null;
		this.timeTo = (time != null) ? time.to() : null;
		// new collections: one delete and one insert a row, instead of shifting positions
		this.rules = new ArrayList<>(route.rules().stream().map(RuleRow::new).toList());
		this.trunks = new ArrayList<>(route.trunks());
		this.users = new HashSet<>(route.users());
	}

	private static String join(Collection<DayOfWeek> days) {
		return days.stream().map((day) -> String.valueOf(day.getValue())).collect(Collectors.joining(" "));
	}

}
