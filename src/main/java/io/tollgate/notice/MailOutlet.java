package io.tollgate.notice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

import jakarta.mail.MessagingException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Sends mails by the server that {@code spring.mail.host} names. */
@Component
class MailOutlet implements Outlet {

	/** Each answer of the server has a time of its own, and there are about eight. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final ObjectProvider<JavaMailSender> sender;

	private final NoticeProperties properties;

	private final MessageSource messages;

	MailOutlet(ObjectProvider<JavaMailSender> sender, NoticeProperties properties, MessageSource messages) {
		this.sender = sender;
		this.properties = properties;
		this.messages = messages;
	}

	/** Whether there is a server and a sender. */
	boolean isConfigured() {
		return this.sender.getIfAvailable() != null && !this.properties.from().isEmpty();
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.EMAIL;
	}

	@Override
	public Duration patience() {
		return PATIENCE;
	}

	@Override
	public Answer send(Channel channel, Message message) {
		var server = this.sender.getIfAvailable();
		if (server == null || this.properties.from().isEmpty()) {
			return new Answer(false, this.messages.getMessage("notice.mail.none", null, Locale.ENGLISH));
		}
		try {
			var mail = server.createMimeMessage();
			var parts = new MimeMessageHelper(mail, StandardCharsets.UTF_8.name());
			parts.setFrom(this.properties.from());
			parts.setTo(channel.address());
			parts.setSubject(message.subject());
			parts.setText(message.body());
			// the same in every attempt, so that mailboxes show it once
			mail.setHeader("Message-ID", "<" + message.id() + "@tollgate>");
			mail.setHeader("Auto-Submitted", "auto-generated");
			server.send(mail);
			return new Answer(true, this.messages.getMessage("notice.mail.sent", null, Locale.ENGLISH));
		}
		catch (MailException | MessagingException ex) {
			return new Answer(false, reason(ex));
		}
	}

	private static String reason(Exception ex) {
		var message = ex.getMessage();
		return (message != null) ? message : ex.getClass().getSimpleName();
	}

}
