package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Extension and Trunk › Trunk: the lines that leave the PBXs, and what uses them. */
@Controller
class TrunkController {

	private final PbxRegistry registry;

	private final Routes routes;

	TrunkController(PbxRegistry registry, Routes routes) {
		this.registry = registry;
		this.routes = routes;
	}

	/**
	 * The list.
	 * @param pbx only of that one, {@code null} for all
	 */
	@GetMapping("/trunks")
	String list(@RequestParam(required = false) @Nullable Long pbx, Model model) {
		var pbxs = this.registry.all();
		model.addAttribute("pbxs", pbxs);
		model.addAttribute("chosen", pbx);
		model.addAttribute("trunks",
				pbxs.stream()
					.filter((each) -> pbx == null || each.id() == pbx)
					.flatMap((each) -> of(each).stream())
					.toList());
		return "route/trunks";
	}

	private List<Trunk> of(Pbx pbx) {
		var present = this.routes.trunks(pbx.id());
		var stored = this.routes.list(pbx.id());
		var names = new TreeSet<>(present);
		stored.forEach((route) -> names.addAll(route.route().trunks()));
		var trunks = new ArrayList<Trunk>();
		for (var name : names) {
			trunks.add(new Trunk(name, pbx, present.contains(name),
					stored.stream().filter((route) -> route.route().trunks().contains(name)).toList()));
		}
		return trunks;
	}

	/**
	 * A trunk.
	 *
	 * @param name its PJSIP endpoint
	 * @param present whether the PBX had it when it was last read
	 * @param routes those that use it, in their order
	 */
	record Trunk(String name, Pbx pbx, boolean present, List<StoredRoute> routes) {
	}

}
