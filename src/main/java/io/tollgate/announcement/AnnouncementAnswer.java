package io.tollgate.announcement;

import java.util.List;

import org.springframework.context.MessageSourceResolvable;

/**
 * What became of a wished change to an announcement. It happened wholly or not at all.
 */
public sealed interface AnnouncementAnswer {

	/**
	 * It is done and audited.
	 *
	 * @param key of the announcement
	 */
	record Changed(String key) implements AnnouncementAnswer {
	}

	/** Everything was so already: no audit event. */
	record Unchanged() implements AnnouncementAnswer {
	}

	/** It was deleted meanwhile. */
	record Gone() implements AnnouncementAnswer {
	}

	/** It may not be deleted: these routes play it. */
	record InUse(List<AnnouncementUse.Use> routes) implements AnnouncementAnswer {

		public InUse {
			routes = List.copyOf(routes);
		}

	}

	/** It may not be so. */
	record Refused(List<Refusal> refusals) implements AnnouncementAnswer {

		public Refused {
			refusals = List.copyOf(refusals);
		}

	}

	/**
	 * What stands against it. The message, {@code announcement.refused.<Kind>} in the
	 * bundle, says why.
	 */
	sealed interface Refusal extends MessageSourceResolvable {

		/** The field of the form that has to be changed. */
		String field();

		@Override
		default String[] getCodes() {
			return new String[] { "announcement.refused." + getClass().getSimpleName() };
		}

		@Override
		default Object[] getArguments() {
			return new Object[0];
		}

		/** Not 1-63 characters. */
		record NoName() implements Refusal {

			@Override
			public String field() {
				return "name";
			}

		}

		/** Another one is called so. */
		record NameTaken(String name) implements Refusal {

			@Override
			public String field() {
				return "name";
			}

			@Override
			public Object[] getArguments() {
				return new Object[] { this.name };
			}

		}

		/** Nothing to play. */
		record NoSounds() implements Refusal {

			@Override
			public String field() {
				return "sounds";
			}

		}

		/** Not what can be the name of a sound. */
		record NoSuchSound(String sound) implements Refusal {

			@Override
			public String field() {
				return "sounds";
			}

			@Override
			public Object[] getArguments() {
				return new Object[] { this.sound };
			}

		}

		/** More than a PBX plays in one go. */
		record TooManySounds() implements Refusal {

			@Override
			public String field() {
				return "sounds";
			}

		}

		/** Neither {@code *} and 2-5 digits nor empty. */
		record NoCode(String code) implements Refusal {

			@Override
			public String field() {
				return "code";
			}

			@Override
			public Object[] getArguments() {
				return new Object[] { this.code };
			}

		}

		/** Another one is heard by that code. */
		record CodeTaken(String code, String name) implements Refusal {

			@Override
			public String field() {
				return "code";
			}

			@Override
			public Object[] getArguments() {
				return new Object[] { this.code, this.name };
			}

		}

	}

}
