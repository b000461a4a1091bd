package io.tollgate;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.Routes;
import io.tollgate.support.Browser;
import io.tollgate.support.BrowserTest;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an operator of some PBXs is told of what is not theirs alone. */
@BrowserTest
class ScopeJourneyIT {

	private static final String NAME = "limited-journey";

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	Accounts accounts;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	JdbcTemplate jdbc;

	private ScopeSide.Maker maker;

	private ScopeSide ours;

	private ScopeSide theirs;

	@BeforeEach
	void share() {
		this.maker = this.beans.createBean(ScopeSide.Maker.class);
		this.ours = this.maker.make("monterrey", "7310001");
		this.theirs = this.maker.make("portland", "7420002");
		this.registry.assignPolicy(this.theirs.pbx(), this.ours.policy());
		var route = this.routes.list(this.theirs.pbx()).getFirst();
		this.routes.save(this.theirs.pbx(), route.id(), route.route().withPins(this.ours.id("list")));
		var account = this.accounts.create(NAME, "Limited Operator", TestAccounts.PASSWORD, Role.OPERATOR);
		this.jdbc.update("insert into account_group (account_id, group_name) values (?, ?)", account.id(),
				this.ours.group());
	}

	@AfterEach
	void clear() {
		this.maker.remove(this.theirs);
		this.maker.remove(this.ours);
		this.jdbc.update("delete from account where username = ?", NAME);
	}

	@Test
	void isToldWhatIsNotTheirsAlone(Browser browser) {
		browser.signIn(NAME, TestAccounts.PASSWORD);
		browser.open("/pbxs").sees("monterrey plant").screenshots("limited-fleet");
		browser.open("/security/country-codes?policy=" + this.ours.policy())
			.sees("You can read this policy, not change it")
			.screenshots("limited-policy");
		browser.open("/pin-lists/" + this.ours.id("list"))
			.sees("You can read this list, not change it")
			.screenshots("limited-pins");
		browser.open("/pbxs/" + this.ours.id("pbx")).sees("The group says who is responsible");
		browser.open("/stop").sees("somebody who is responsible for all").screenshots("limited-stop");
		browser.open("/audit").sees("You see what happened on your PBXs").screenshots("limited-audit");
	}

}
