package io.tollgate.account;

/** What came of a change to somebody's account. */
sealed interface UserAnswer {

	/** It is done; {@code token} is that of the link that was made, empty for none. */
	record Done(Account account, String token) implements UserAnswer {

		@Override
		public String toString() {
			return "Done[" + this.account.username() + "]";
		}

	}

	/** Nothing was different. */
	record Unchanged(Account account) implements UserAnswer {
	}

	/** There is no such account. */
	record Gone() implements UserAnswer {
	}

	/** The username is taken. */
	record Taken() implements UserAnswer {
	}

	/**
	 * Nobody takes rights away from themselves. As only an administrator can take them
	 * from others, one is always left.
	 */
	record Oneself() implements UserAnswer {
	}

}
