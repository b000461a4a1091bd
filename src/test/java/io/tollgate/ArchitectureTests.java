package io.tollgate;

import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;

import javax.net.SocketFactory;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceContext;
import org.jspecify.annotations.NullMarked;
import picocli.CommandLine.Command;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/** What reviewers should not have to look for. */
@AnalyzeClasses(packages = "io.tollgate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	/**
	 * One typed encoder writes to a PBX. Whatever opened a line of its own would be a way
	 * around it. The connect page's copy texts only ask the kernel which address of this
	 * host leads out; nothing is sent. The audit trail is forwarded to a receiver that
	 * the portal's settings name; no page can. Notifications go out by libraries for mail
	 * and HTTP, to no address inside.
	 */
	@ArchTest
	static final ArchRule onlyTheConnectorAndTheSimulatorOpenLines = noClasses().that()
		.resideOutsideOfPackages("io.tollgate.connector.asterisk..", "io.tollgate.simulator..")
		.and()
		.doNotHaveFullyQualifiedName("io.tollgate.fleet.CopyTexts")
		.and()
		.haveNameNotMatching(
				"io\\.tollgate\\.(audit\\.(Forwarder|SyslogLink)|notice\\.(MailOutlet|WebhookOutlet)(\\$.*)?)")
		.should()
		.dependOnClassesThat(assignableTo(Socket.class).or(assignableTo(ServerSocket.class))
			.or(assignableTo(DatagramSocket.class))
			.or(assignableTo(NetworkChannel.class))
			.or(assignableTo(SocketFactory.class))
			.or(assignableTo(URLConnection.class))
			.or(assignableTo(URL.class))
			.or(resideInAnyPackage("java.net.http..", "org.apache.hc..", "jakarta.mail..")));

	@ArchTest
	static final ArchRule packagesAreNamedAfterWhatTheyAreAbout = noClasses().should()
		.resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..dto..", "..helper..");

	@ArchTest
	static final ArchRule classesAreNamedAfterWhatTheyAre = noClasses().should()
		.haveSimpleNameEndingWith("Impl")
		.orShould()
		.haveSimpleNameEndingWith("DTO")
		.orShould()
		.haveSimpleNameEndingWith("Dto")
		.orShould()
		.haveSimpleNameEndingWith("Util")
		.orShould()
		.haveSimpleNameEndingWith("Utils");

	/** By their names they are found, without reading every class. */
	@ArchTest
	static final ArchRule commandsAreFound = classes().that()
		.areAnnotatedWith(Command.class)
		.should()
		.haveSimpleNameEndingWith("Command");

	/** What other modules, forms and templates see are records. */
	@ArchTest
	static final ArchRule entitiesStayInTheirPackage = classes().that()
		.areAnnotatedWith(Entity.class)
		.or()
		.areAnnotatedWith(Embeddable.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = noFields().should()
		.beAnnotatedWith(Autowired.class)
		.orShould()
		.beAnnotatedWith(Value.class)
		.orShould()
		.beAnnotatedWith(PersistenceContext.class)
		.orShould()
		.beAnnotatedWith("jakarta.inject.Inject")
		.orShould()
		.beAnnotatedWith("jakarta.annotation.Resource");

	@ArchTest
	static final ArchRule controllersAreNobodyElsesBusiness = classes().that()
		.areAnnotatedWith(Controller.class)
		.or()
		.areAnnotatedWith(RestController.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule fieldsOfRecordsAndEntitiesAreNotPublic = fields().that()
		.arePublic()
		.should()
		.beStatic()
		.andShould()
		.beFinal();

	/** Or else NullAway looks away. */
	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().that()
		.resideOutsideOfPackage("io.tollgate")
		.should(be(
				describe("in a @NullMarked package", (type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

}
