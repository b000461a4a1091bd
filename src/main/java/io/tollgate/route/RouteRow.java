package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** The outbound route of a PBX. */
@Entity
@Table(name = "outbound_route")
@NullUnmarked
class RouteRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private long pbxId;

	private String trunk;

	@ElementCollection(fetch = FetchType.EAGER)
	@CollectionTable(name = "outbound_route_pattern", joinColumns = @JoinColumn(name = "route_id"))
	@OrderColumn(name = "position")
	@Column(name = "pattern")
	private List<String> patterns = new ArrayList<>();

	protected RouteRow() {
	}

	RouteRow(long pbxId) {
		this.pbxId = pbxId;
	}

	OutboundRoute toRoute() {
		return new OutboundRoute(this.trunk, this.patterns);
	}

	void become(OutboundRoute route) {
		this.trunk = route.trunk();
		// a new list: one delete and one insert a row, instead of shifting positions
		this.patterns = new ArrayList<>(route.patterns());
	}

}
